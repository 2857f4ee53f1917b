package io.leverans.application.service.sending;

import io.leverans.application.port.in.GiveUpMail;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.StuckMail;
import io.leverans.application.port.out.StuckMail.Patience;
import io.leverans.application.service.upkeep.Round;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Goes through the lanes first, and then through the teams behind each: no lane is a team's. */
public final class GiveUpMailService implements GiveUpMail {
  /** What is impeded for less has attempts enough for its mail. */
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Longer than mail pauses between two attempts, so that whoever has some would have tried. */
  private static final Duration UNTRIED = Duration.ofDays(1);

  private static final int LANES_A_PAGE = 100;
  private static final int DISPATCHES_AT_ONCE = 100;

  private final Lanes lanes;
  private final StuckMail mail;
  private final Channels channels;
  private final RetrySchedules schedules;

  public GiveUpMailService(
      Lanes lanes, StuckMail mail, Channels channels, RetrySchedules schedules) {
    this.lanes = lanes;
    this.mail = mail;
    this.channels = channels;
    this.schedules = schedules;
  }

  @Override
  public Result giveUp() {
    lanes.freeUntried(UNTRIED);
    try (var round = new Round()) {
      return new Result(givenUp(round));
    }
  }

  private int givenUp(Round round) {
    int givenUp = 0;
    Optional<Lane> after = Optional.empty();
    List<ImpededLane> page;
    do {
      page = lanes.impeded(LONG, after, LANES_A_PAGE);
      givenUp += round.sum(page, lane -> behind(lane, round));
      after = page.isEmpty() ? after : Optional.of(page.getLast().lane());
    } while (page.size() == LANES_A_PAGE);
    return givenUp;
  }

  private int behind(ImpededLane lane, Round round) {
    return round.sum(mail.teamsBehind(lane.lane()), team -> behind(lane, team));
  }

  private int behind(ImpededLane lane, TeamId team) {
    Patience patience = patience(team);
    int givenUp = 0;
    int some;
    do {
      some = mail.giveUp(team, lane, patience, DISPATCHES_AT_ONCE);
      givenUp += some;
    } while (some == DISPATCHES_AT_ONCE);
    return givenUp;
  }

  private Patience patience(TeamId team) {
    return new Patience(
        channels.ofTeam(team).stream()
            .collect(Collectors.toMap(Channel::id, channel -> schedules.of(channel).giveUpAfter())),
        schedules.usual().giveUpAfter());
  }
}
