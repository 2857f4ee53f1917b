package io.leverans.application.port.out;

/** What the contracts of the ports of storage need of an adapter. */
public interface StoreContract {
  Store store();

  /** Lets the lease of a claim run out at once, as if its node had died long ago. */
  void runOut(Claim claim);
}
