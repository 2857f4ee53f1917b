package io.leverans.application.port.out;

import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/**
 * The teams and their members. Who is removed can do nothing any more; what they sent stays. Safe
 * for use by many threads.
 */
public interface Teams {
  /** The next free number, which nobody else gets. */
  TeamId nextNumber();

  /** Stores a new team with its first member. */
  void create(Team team, Member first);

  Optional<Team> find(TeamId team);

  /** Those that are not removed, by number. */
  List<Team> list();

  /** Removes a team: its keys open nothing, its members can do nothing. */
  Removal remove(TeamId team);

  /** Stores another member of a team that is not removed. */
  Addition add(Member member);

  Optional<Member> findMember(TeamId team, MemberId member);

  /** Those that are not removed, oldest first. */
  List<Member> members(TeamId team);

  /** Removes a member, unless nobody but them is an admin of the team. */
  Removal removeMember(TeamId team, MemberId member);

  /** Whether something was added. */
  enum Addition {
    ADDED,
    UNKNOWN_TEAM
  }

  /** Whether something was removed. */
  enum Removal {
    REMOVED,
    UNKNOWN,
    LAST_ADMIN
  }
}
