package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Settlement;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.NextStep;
import io.leverans.persistence.DeliveryMoves.Standing;
import io.leverans.persistence.DueMail.Hour;
import io.leverans.persistence.ModelChecker.Result;
import io.leverans.persistence.ModelSteps.Bounds;
import io.leverans.persistence.ModelWorld.Claimed;
import io.leverans.persistence.ModelWorld.Due;
import io.leverans.persistence.ModelWorld.Inquiry;
import io.leverans.persistence.ModelWorld.Parcel;
import io.leverans.persistence.ModelWorld.Promise;
import io.leverans.persistence.ModelWorld.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lease, GO, another time, cancel, crash, stall and late answer in every order, by what the
 * service, the schedule and the queue really decide.
 */
class QueueModelTest {
  private static final Bounds ONE_DELIVERY = new Bounds(2, 3, 1, 1);
  private static final Bounds TWO_DELIVERIES = new Bounds(2, 2, 2, 1);

  @Test
  void every_promise_holds_for_one_delivery_in_every_order_of_steps() {
    holds(ModelChecker.explore(new ModelQueue(), ONE_DELIVERY));
  }

  @Test
  void every_promise_holds_for_two_that_travel_together_in_every_order_of_steps() {
    holds(ModelChecker.explore(new ModelQueue(), TWO_DELIVERIES));
  }

  private static void holds(Result result) {
    assertThat(result.broken()).as(() -> String.join("\n", result.way())).isEmpty();
    assertThat(result.states()).as("the model is not empty").isGreaterThan(10_000);
  }

  /** Each takes one rule away, and a promise goes with it. */
  enum Mutant {
    A_FENCE_WITHOUT_THE_ATTEMPT(Promise.ONE_GO) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          boolean fence(Row row, Claimed claim) {
            return row.holder().equals(Optional.of(claim.node())) && row.due() == Due.LATER;
          }

          @Override
          boolean mayGo(Parcel parcel, Claimed claim) {
            return super.mayGo(parcel.claimed(parcel.state(), claim.attempt()), claim);
          }
        };
      }
    },
    /**
     * Without the look at the lease alone no promise is broken: the delivery's state, which a
     * take-back changes, refuses the GO as well. So both go.
     */
    A_GO_THAT_LOOKS_AT_THE_ATTEMPT_ONLY(Promise.NOTHING_LOST) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          boolean fence(Row row, Claimed claim) {
            return row.attempt() == claim.attempt();
          }

          @Override
          boolean mayGo(Parcel parcel, Claimed claim) {
            return parcel.attempt() == claim.attempt()
                && (super.mayGo(parcel, claim) || parcel.state() == DeliveryState.QUEUED);
          }
        };
      }
    },
    A_GO_FOR_WHAT_WAS_WITHDRAWN(Promise.WITHDRAWN_STAYS) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          boolean mayGo(Parcel parcel, Claimed claim) {
            return super.mayGo(parcel, claim) || parcel.state() == DeliveryState.CANCELLED;
          }
        };
      }
    },
    A_LOST_LEASE_THAT_QUEUES_WHAT_WAS_HANDED_OVER(Promise.NEVER_QUEUED_WHEN_TAKEN) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          Standing lose(Standing standing) {
            Standing lost = super.lose(standing);
            return standing.state() == DeliveryState.HANDED_OVER
                ? lost.in(DeliveryState.QUEUED)
                : lost;
          }
        };
      }
    },
    AN_ANSWER_THAT_COUNTS_FOR_ANY_ATTEMPT(Promise.NEVER_QUEUED_WHEN_TAKEN) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          ModelWorld settle(ModelWorld world, EndedAttempt ended) {
            return settle(
                world,
                ended,
                world.all().stream()
                    .map(i -> answered(world.parcels().get(i), i, ended.number()))
                    .toList());
          }

          private static Standing answered(Parcel parcel, int which, int number) {
            return standing(parcel.claimed(parcel.state(), number), which);
          }
        };
      }
    },
    A_SCHEDULE_THAT_TRIES_AGAIN_WHAT_HAS_NO_ANSWER(Promise.NEVER_QUEUED_WHEN_TAKEN) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          ModelWorld settle(ModelWorld world, EndedAttempt ended) {
            List<Settlement> hasty =
                ended.settlements().stream()
                    .map(each -> new Settlement(each.delivery(), each.outcome(), again(each)))
                    .toList();
            return super.settle(world, new EndedAttempt(ended.claim(), ended.report(), hasty));
          }

          private static NextStep again(Settlement settlement) {
            return settlement.next().fact() == DeliveryFact.ANSWER_LOST
                ? new NextStep.Return(DeliveryFact.DEFERRED, Duration.ofMinutes(5))
                : settlement.next();
          }
        };
      }
    },
    AN_INQUIRY_THAT_SPEAKS_OF_ANY_ATTEMPT(Promise.NEVER_QUEUED_WHEN_TAKEN) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          boolean speaksOf(Inquiry inquiry, Parcel parcel) {
            return true;
          }
        };
      }
    },
    A_TAKE_BACK_THAT_LOOKS_AT_NO_TIME(Promise.NEVER_BEFORE_ITS_TIME) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          Hour hour(Row row) {
            return Hour.COME;
          }
        };
      }
    },
    A_GO_FOR_WHAT_WAS_GIVEN_ANOTHER_TIME(Promise.NEVER_BEFORE_ITS_TIME) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          boolean mayGo(Parcel parcel, Claimed claim) {
            return super.mayGo(parcel.in(unscheduled(parcel.state())), claim);
          }

          private static DeliveryState unscheduled(DeliveryState state) {
            return state == DeliveryState.SCHEDULED ? DeliveryState.SENDING : state;
          }
        };
      }
    },
    AN_ORDER_THAT_MAKES_NOTHING_DUE(Promise.NOTHING_LOST) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          ModelWorld queue(ModelWorld world, boolean setsAside) {
            return world;
          }
        };
      }
    },
    AN_END_THAT_FORGETS_THE_PAUSE(Promise.NOTHING_LOST) {
      @Override
      ModelQueue queue() {
        return new ModelQueue() {
          @Override
          ModelWorld release(ModelWorld world, AttemptEnding.Release release) {
            return super.release(world, release).row(row -> row.due(Due.NEVER));
          }
        };
      }
    };

    private final Promise broken;

    Mutant(Promise broken) {
      this.broken = broken;
    }

    abstract ModelQueue queue();
  }

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void a_rule_that_is_taken_away_breaks_a_promise(Mutant mutant) {
    Result result = ModelChecker.explore(mutant.queue(), ONE_DELIVERY);

    assertThat(result.broken()).contains(mutant.broken);
  }
}
