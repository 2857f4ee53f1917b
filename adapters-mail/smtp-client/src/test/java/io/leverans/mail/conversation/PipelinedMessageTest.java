package io.leverans.mail.conversation;

import org.junit.jupiter.api.BeforeEach;

/** The same promises where the server takes several commands at once. */
class PipelinedMessageTest extends MessageTest {
  @BeforeEach
  void offerPipelining() {
    server.offer("PIPELINING");
  }
}
