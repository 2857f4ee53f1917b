package io.leverans.application.service;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.ClaimDueMail;

/** For tests in which nothing is to go wrong on our side. */
final class Unexpected {
  private Unexpected() {}

  static void failure(ClaimDueMail.Failure failure) {
    throw failure.cause();
  }

  static void failure(CarryOutDispatch.Breakdown failure) {
    throw failure.cause();
  }
}
