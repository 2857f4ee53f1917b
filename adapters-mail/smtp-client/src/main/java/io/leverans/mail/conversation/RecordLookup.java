package io.leverans.mail.conversation;

import io.leverans.mail.conversation.NameServers.Answer;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A way to ask name servers. Called by many threads. */
interface RecordLookup {
  /** Asks for the records of a type; whatever goes wrong is an answer. */
  CompletionStage<Answer<Record>> ask(Name name, int type);
}
