package planted.leverans.domain;

import java.nio.file.Path;

/** Planted: the domain does input and output. */
public record DomainThatReadsFiles(Path file) {}
