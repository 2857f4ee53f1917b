package planted.leverans.application.service.one;

import java.util.Optional;
import planted.leverans.application.service.two.ServiceThatKnowsOne;

/** Planted: a service of a package that knows it. */
public record ServiceThatKnowsTwo(Optional<ServiceThatKnowsOne> two) {}
