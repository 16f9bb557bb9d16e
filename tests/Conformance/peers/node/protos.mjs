// The contracts, read as they are: FOLDER holds testing/*.proto.

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

export function load(folder) {
  const options = { includeDirs: [folder], keepCase: true, longs: Number, defaults: true };
  return grpc.loadPackageDefinition(protoLoader.loadSync('testing/test.proto', options)).grpc.testing;
}
