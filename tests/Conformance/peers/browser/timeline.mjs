// Reads a home timeline by connect-web, and reports a line an entry; then what is answered without an actor.
// ?server=URL&actor=ID&token=CONSISTENCY_TOKEN

import { Code, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { TimelineService, View } from './gen/daprsocial/timelines/v1/timeline_service_pb.js';

const asked = new URL(location.href).searchParams;
const timelines = createClient(TimelineService, createGrpcWebTransport({ baseUrl: asked.get('server') }));

globalThis.report = read();

async function read() {
  const answer = await timelines.listHomeTimeline(
    { view: View.FULL, consistencyToken: asked.get('token') },
    { headers: { 'daprsocial-actor': asked.get('actor') } },
  );
  const lines = answer.entries.map((entry) => `${entry.author.displayName}: ${entry.post.post.text}`);
  return [...lines, await refusalOf(timelines.listHomeTimeline({}))];
}

async function refusalOf(call) {
  try {
    await call;
    return 'not refused';
  } catch (error) {
    return `refused: ${Code[error.code]}, details of ${error.details.map((detail) => detail.type).join(', ')}`;
  }
}
