package planted.leverans.mail.two;

import planted.leverans.mail.one.ProviderOne;

/** Planted: a provider that knows another. */
public record ProviderTwo(ProviderOne one) {}
