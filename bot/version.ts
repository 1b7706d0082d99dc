/** The version of this runtime; the same as the command's that deploys it. */
export const RUNTIME_VERSION = '0.1.0'
