package io.leverans.web.message;

import static io.leverans.web.problem.ProblemType.ATTACHMENTS_TOO_LARGE;
import static io.leverans.web.problem.ProblemType.INVALID_ATTACHMENT;
import static io.leverans.web.problem.ProblemType.OVER_LIMIT;

import io.leverans.domain.message.Attachment;
import io.leverans.domain.message.Octets;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The field attachments: a list of files. */
record AttachmentsField(JsonField field) {
  static final String CONTENT = "content";
  private static final int MAX_ATTACHMENTS = 100;
  private static final long MAX_OCTETS = 25L * 1024 * 1024;
  private static final String ANY_FILE = "application/octet-stream";
  private static final List<String> FIELDS =
      List.of("filename", "contentType", CONTENT, "contentId");

  List<Attachment> read() {
    if (field.value().size() > MAX_ATTACHMENTS) {
      field
          .findings()
          .add(
              OVER_LIMIT, field.at(), "A message has at most " + MAX_ATTACHMENTS + " attachments.");
      return List.of();
    }
    List<Attachment> attachments = new ArrayList<>();
    field.entries().forEach(entry -> attachment(entry).ifPresent(attachments::add));
    long octets = attachments.stream().mapToLong(file -> file.content().size()).sum();
    if (octets > MAX_OCTETS) {
      field
          .findings()
          .add(
              ATTACHMENTS_TOO_LARGE,
              field.at(),
              "All attachments of a message have at most 25 MB together, which is %d octets; these"
                      .formatted(MAX_OCTETS)
                  + " have "
                  + octets
                  + ".");
    }
    return attachments;
  }

  private static Optional<Attachment> attachment(JsonField entry) {
    Optional<JsonFields> object = entry.object(FIELDS);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    JsonFields fields = object.get();
    Optional<String> filename =
        fields.require("filename", "the name the recipient sees").flatMap(JsonField::text);
    Optional<Octets> content =
        fields
            .require(CONTENT, "the file itself, in Base64")
            .flatMap(
                base64 ->
                    base64.octets(
                        INVALID_ATTACHMENT, flaw -> "the content is not Base64: " + flaw));
    Optional<String> contentType =
        fields.find("contentType").map(JsonField::text).orElse(Optional.of(ANY_FILE));
    Optional<String> contentId = fields.text("contentId");
    if (filename.isEmpty() || content.isEmpty() || contentType.isEmpty()) {
      return Optional.empty();
    }
    return fields
        .findings()
        .attempt(
            INVALID_ATTACHMENT,
            fields.at(),
            () -> new Attachment(filename.get(), contentType.get(), content.get(), contentId));
  }
}
