// server PORT: gRPC's C++ server with the callback API. Prints "ready", and ends with its standard input.

#include <grpcpp/grpcpp.h>

#include <iostream>
#include <iterator>
#include <string>

#include "echo.grpc.pb.h"

namespace bench = daprsocial::bench::v1;

namespace {

class Repeater final : public grpc::ServerWriteReactor<bench::EchoReply> {
 public:
  explicit Repeater(const bench::EchoRequest& request) : left_(request.count()) {
    reply_.set_body(std::string(request.reply_size(), '\0'));
    Next();
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      Next();
    } else {
      Finish(grpc::Status::CANCELLED);
    }
  }

  void OnDone() override { delete this; }

 private:
  void Next() {
    if (left_-- > 0) {
      StartWrite(&reply_);
    } else {
      Finish(grpc::Status::OK);
    }
  }

  bench::EchoReply reply_;
  int left_;
};

class EchoService final : public bench::Echo::CallbackService {
  grpc::ServerUnaryReactor* Say(grpc::CallbackServerContext* context, const bench::EchoRequest* request,
                                bench::EchoReply* reply) override {
    reply->set_body(std::string(request->reply_size(), '\0'));
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ServerWriteReactor<bench::EchoReply>* Repeat(grpc::CallbackServerContext*,
                                                     const bench::EchoRequest* request) override {
    return new Repeater(*request);
  }
};

}  // namespace

int main(int, char** argv) {
  EchoService service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(std::string("127.0.0.1:") + argv[1], grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  auto server = builder.BuildAndStart();
  if (!server) return 1;
  std::cout << "ready" << std::endl;
  std::string rest(std::istreambuf_iterator<char>(std::cin), {});
  server->Shutdown();
}
