/** The argument by which a program knows that it may be a thread that reads workflow files. */
export const THREAD = '--read-workflow-files-on-a-thread';
