package planted.leverans.web;

import planted.leverans.persistence.Persistence;

/** Planted: an adapter that knows another. */
public record WebThatKnowsPersistence(Persistence persistence) {}
