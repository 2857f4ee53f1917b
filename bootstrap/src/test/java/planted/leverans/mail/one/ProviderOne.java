package planted.leverans.mail.one;

/** Planted: known by another provider. */
public record ProviderOne() {}
