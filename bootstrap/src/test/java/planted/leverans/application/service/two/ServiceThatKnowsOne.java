package planted.leverans.application.service.two;

import java.util.Optional;
import planted.leverans.application.service.one.ServiceThatKnowsTwo;

/** Planted: a service of a package that knows it. */
public record ServiceThatKnowsOne(Optional<ServiceThatKnowsTwo> one) {}
