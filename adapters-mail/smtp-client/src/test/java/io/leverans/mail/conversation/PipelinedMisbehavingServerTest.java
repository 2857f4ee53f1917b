package io.leverans.mail.conversation;

import org.junit.jupiter.api.BeforeEach;

/** The same promises where the server takes several commands at once. */
class PipelinedMisbehavingServerTest extends MisbehavingServerTest {
  @BeforeEach
  void offerPipelining() {
    server.offer("PIPELINING");
  }
}
