package io.leverans.application.service;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.ClaimDueMail;

/** For tests in which nothing is to go wrong on our side. */
public final class Unexpected {
  private Unexpected() {}

  public static void failure(ClaimDueMail.Failure failure) {
    throw failure.cause();
  }

  public static void failure(CarryOutDispatch.Breakdown failure) {
    throw failure.cause();
  }
}
