/**
 * Why there is no embedded PostgreSQL, as one sentence for the person who typed the command. Nothing has
 * been damaged when it is thrown; `cause` holds what the system or PostgreSQL said, where it said anything.
 */
export class ServerProblem extends Error {
  override name = 'ServerProblem'
}

/** The same failure with the sentence a person needs, for the ways in which a folder can refuse us. */
export function folderProblem(error: unknown, folder: string): unknown {
  const reason = isSystemError(error) ? sentences[error.code] : undefined
  return reason === undefined ? error : new ServerProblem(reason(folder), { cause: error })
}

/** The code of a failed system call ("ENOENT"), or undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  return isSystemError(error) ? error.code : undefined
}

/** A new cluster takes 40 MB, half of it the write-ahead log. */
export const SPACE_BYTES = 50_000_000

export function fullDisk(folder: string): string {
  return `The disk that holds ${folder} is full: the database needs about 50 MB to begin with.`
}

const sentences: Record<string, (folder: string) => string> = {
  EACCES: (folder) => `The database cannot be kept in ${folder}: this user may not write there.`,
  EPERM: (folder) => `The database cannot be kept in ${folder}: this user may not write there.`,
  EROFS: (folder) => `The database cannot be kept in ${folder}: it is read-only.`,
  ENOSPC: fullDisk,
  EDQUOT: (folder) =>
    `The disk quota for ${folder} is used up: the database needs about 50 MB to begin with.`,
  ENOTDIR: (folder) => `The database cannot be kept in ${folder}: part of that path is a file, not a folder.`,
  EEXIST: (folder) => `The database cannot be kept in ${folder}: part of that path is a file, not a folder.`,
  ENAMETOOLONG: (folder) => `The database cannot be kept in ${folder}: the path is too long.`,
  ELOOP: (folder) => `The database cannot be kept in ${folder}: its symbolic links lead in a circle.`,
  ENOENT: (folder) => `The database cannot be kept in ${folder}: the folder cannot be made there.`,
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
