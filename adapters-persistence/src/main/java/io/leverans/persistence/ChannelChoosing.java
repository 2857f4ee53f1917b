package io.leverans.persistence;

import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Identity.Standing;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Decides which channel the identities of one team send through, by {@link ChannelChoice} and by
 * what is stored, and stores and tells what is decided.
 *
 * <p>Whoever adds or removes a channel or an identity, or names another default, does so through
 * here, one after the other in each team: the order of locks is the team's row, then a channel's,
 * then those of identities. Whoever comes second so sees all that the first one has committed, and
 * no identity is left with what was right before.
 */
final class ChannelChoosing {
  private final Handle handle;
  private final TeamId team;
  private final List<Channel> offered;
  private final ChoiceTerms terms;

  private ChannelChoosing(Handle handle, TeamId team, ChoiceTerms terms) {
    this.handle = handle;
    this.team = team;
    this.offered =
        ChannelRows.ofTeam(handle, team).stream()
            .filter(channel -> terms.offered().contains(channel.kind()))
            .toList();
    this.terms = terms;
  }

  /** Lets nobody else decide for this team until the transaction ends. */
  static void lock(Handle handle, TeamId team) {
    JdbiTeams.lock(handle, team);
  }

  /** By the channels that there are now, under the lock. */
  static ChannelChoosing among(Handle handle, TeamId team, ChoiceTerms terms) {
    return new ChannelChoosing(handle, team, terms);
  }

  ChannelChoice decide(MemberId member, Standing standing, Optional<ChannelId> chosen) {
    List<Channel> open = offered.stream().filter(channel -> channel.isOpenTo(member)).toList();
    return ChannelChoice.decide(standing, chosen, open, terms.platform());
  }

  /** Decides for those that may use a channel which came or went. */
  List<Rechosen> decideAnew(ChannelOwner owner) {
    return decideAnew(
        switch (owner) {
          case ChannelOwner.OfMember(_, MemberId member) ->
              IdentityRows.ofMember(handle, team, member);
          case ChannelOwner.OfTeam _, ChannelOwner.Platform _ -> IdentityRows.ofTeam(handle, team);
        });
  }

  /** Decides for these, somebody's choice in force. */
  List<Rechosen> decideAnew(List<Identity> identities) {
    return store(identities, identity -> identity.choice().chosen());
  }

  /** Decides for this one by what somebody chose now. */
  Optional<Rechosen> choose(Identity identity, Optional<ChannelId> chosen) {
    return store(List.of(identity), _ -> chosen).stream().findFirst();
  }

  private List<Rechosen> store(
      List<Identity> identities, Function<Identity, Optional<ChannelId>> chosen) {
    List<Rechosen> rechosen =
        identities.stream()
            .flatMap(identity -> changed(identity, chosen.apply(identity)).stream())
            .toList();
    if (!rechosen.isEmpty()) {
      write(rechosen);
    }
    return rechosen;
  }

  private Optional<Rechosen> changed(Identity identity, Optional<ChannelId> chosen) {
    ChannelChoice choice = decide(identity.member(), identity.standing(), chosen);
    return Stream.of(choice)
        .filter(decided -> !decided.equals(identity.choice()))
        .map(decided -> new Rechosen(identity.with(decided), identity.choice()))
        .findFirst();
  }

  private void write(List<Rechosen> rechosen) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE identity SET channel_id = :channel, choice_reason = :reason
             WHERE team_id = :team AND id = :id\
            """);
    for (Rechosen each : rechosen) {
      batch
          .bind("team", team.value())
          .bind("id", each.identity().id().value())
          .bind("channel", each.identity().channel().value())
          .bind("reason", each.identity().choice().reason().name())
          .add();
    }
    var _ = batch.execute();
    JdbiEvents.write(
        handle,
        team,
        rechosen.stream()
            .map(each -> IdentityRows.channelChanged(each.identity(), each.before()))
            .toList());
  }
}
