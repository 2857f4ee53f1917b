package io.leverans.application.port.in;

import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Objects;

/** The operator's care for the members of a team. */
public interface AdministerMembers {
  Addition add(TeamId team, String name, Member.Role role);

  Listing list(TeamId team);

  /** They can do nothing any more, and their keys open nothing; what they sent stays. */
  Removal remove(TeamId team, MemberId member);

  /** What came of adding one. */
  sealed interface Addition {
    record Added(Member member) implements Addition {
      public Added {
        Objects.requireNonNull(member);
      }
    }

    record UnknownTeam() implements Addition {}
  }

  /** A team's members. */
  sealed interface Listing {
    record Members(List<Member> members) implements Listing {
      public Members {
        members = List.copyOf(members);
      }
    }

    record UnknownTeam() implements Listing {}
  }

  /** Whether one was removed. */
  enum Removal {
    REMOVED,
    UNKNOWN_MEMBER,
    LAST_ADMIN
  }
}
