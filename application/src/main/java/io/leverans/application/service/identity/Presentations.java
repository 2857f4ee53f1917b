package io.leverans.application.service.identity;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.service.senderdomain.LapseWords;
import io.leverans.application.view.PresentationView;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;

/** What recipients see through a channel, by the code that sends through it. */
public final class Presentations {
  private Presentations() {}

  public static PresentationView view(Author author, Channel channel, ChannelProvider provider) {
    Capabilities capabilities = provider.capabilities(channel.settings());
    return new PresentationView(
        channel.id(),
        provider.present(author, channel.settings()),
        capabilities.sentCopy(),
        capabilities.bounceCapture(),
        LapseWords.of(author).map(words -> words + " " + LapseWords.REMEDY));
  }
}
