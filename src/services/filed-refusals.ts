import type { Refusal } from '../errors.ts'

/**
 * Why an order, a draft or an account that could be deleted is not: what people filed with it or noted about it is not swept away with
 * it, but removed by whoever decides so. `others` are the reasons that nobody can clear away by removing things: where there are any,
 * they are all there is to say.
 */
export function withRefusalsOfFiled(
  others: readonly Refusal[],
  filed: { documents: number; activities: number },
): readonly Refusal[] {
  if (others.length > 0) return others
  const { documents, activities } = filed
  return [
    ...(documents === 0
      ? []
      : [
          {
            code: 'has_uploads',
            message: { key: 'uploads.kept.documents', params: { count: documents } },
          } as const,
        ]),
    ...(activities === 0
      ? []
      : [
          {
            code: 'has_activities',
            message: { key: 'uploads.kept.activities', params: { count: activities } },
          } as const,
        ]),
  ]
}
