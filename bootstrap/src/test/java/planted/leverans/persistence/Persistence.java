package planted.leverans.persistence;

/** Planted: known by the web. */
public record Persistence() {}
