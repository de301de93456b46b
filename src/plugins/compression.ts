import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import fp from 'fastify-plugin'

/**
 * Pages, JSON and CSV leave compressed: a list of fifty orders is a sixth of its size, in a millisecond. Middling qualities, since each
 * page is compressed for one reader; assets are compressed once (plugins/assets.ts). The form's token differs in every page, so that
 * sizes betray nothing of it.
 */
export default fp(
  async (app) => {
    await app.register(compress, {
      encodings: ['br', 'gzip'],
      threshold: 1024,
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
      zlibOptions: { level: 5 },
    })
  },
  { name: 'compression' },
)
