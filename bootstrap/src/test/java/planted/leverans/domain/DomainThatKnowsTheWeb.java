package planted.leverans.domain;

import planted.leverans.web.WebThatKnowsPersistence;

/** Planted: the domain knows an adapter. */
public record DomainThatKnowsTheWeb(WebThatKnowsPersistence web) {}
