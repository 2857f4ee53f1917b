package io.leverans.mail.folder;

import io.leverans.domain.delivery.Dispatch;

/** A file for all recipients of a message. */
class SharedFilesTransportContractTest extends FolderTransportContractTest {
  @Override
  String group() {
    return "message";
  }

  @Override
  public Dispatch dispatch() {
    return FolderWorld.dispatch("anna@example.com", "bert@example.com", "cora@example.net");
  }
}
