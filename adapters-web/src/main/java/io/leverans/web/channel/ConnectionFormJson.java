package io.leverans.web.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.Preset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What it takes to connect a channel, as it is told. */
record ConnectionFormJson(
    Type type, Optional<List<FieldJson>> fields, Optional<List<PresetJson>> presets) {
  static ConnectionFormJson of(ConnectionForm form) {
    return switch (form) {
      case ConnectionForm.ComesWithPlatform() ->
          new ConnectionFormJson(Type.COMES_WITH_PLATFORM, Optional.empty(), Optional.empty());
      case ConnectionForm.Consent(var fields) ->
          new ConnectionFormJson(
              Type.CONSENT,
              Optional.of(fields.stream().map(FieldJson::of).toList()),
              Optional.empty());
      case ConnectionForm.Fields(var fields, var presets) ->
          new ConnectionFormJson(
              Type.FIELDS,
              Optional.of(fields.stream().map(FieldJson::of).toList()),
              Optional.of(presets.stream().map(PresetJson::of).toList()));
    };
  }

  /** How a channel comes about. */
  enum Type {
    /** Something is to be filled in. */
    FIELDS,
    /** The owner of an account lets us in on a page of the provider's. */
    CONSENT,
    /** It is there already, for everybody. */
    COMES_WITH_PLATFORM
  }

  /**
   * Something to fill in.
   *
   * @param options what to choose from, if its type is a choice
   * @param least the smallest number, if it is one
   * @param most the largest
   * @param fallback what holds if it is left empty
   */
  record FieldJson(
      String name,
      String label,
      String help,
      FieldType type,
      Optional<List<FormField.Option>> options,
      Optional<Integer> least,
      Optional<Integer> most,
      boolean required,
      boolean secret,
      @JsonProperty("default") Optional<String> fallback) {
    static FieldJson of(FormField field) {
      return switch (field.type()) {
        case FormField.Type.Line() -> of(field, FieldType.LINE);
        case FormField.Type.Lines() -> of(field, FieldType.LINES);
        case FormField.Type.WholeNumber(var least, var most) ->
            of(
                field,
                FieldType.WHOLE_NUMBER,
                Optional.empty(),
                Optional.of(least),
                Optional.of(most));
        case FormField.Type.Choice(var options) ->
            of(field, FieldType.CHOICE, Optional.of(options), Optional.empty(), Optional.empty());
      };
    }

    private static FieldJson of(FormField field, FieldType type) {
      return of(field, type, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static FieldJson of(
        FormField field,
        FieldType type,
        Optional<List<FormField.Option>> options,
        Optional<Integer> least,
        Optional<Integer> most) {
      return new FieldJson(
          field.name(),
          field.label(),
          field.help(),
          type,
          options,
          least,
          most,
          field.need() == FormField.Need.REQUIRED,
          field.visibility() == FormField.Visibility.SECRET,
          field.fallback());
    }
  }

  /** What can be filled in. */
  enum FieldType {
    LINE,
    LINES,
    WHOLE_NUMBER,
    CHOICE
  }

  /** What to fill in for a well-known server. */
  record PresetJson(
      String name,
      String title,
      Map<String, String> settings,
      Optional<String> note,
      String source) {
    static PresetJson of(Preset preset) {
      return new PresetJson(
          preset.name(),
          preset.title(),
          new TreeMap<>(preset.values()),
          Optional.of(preset.note()).filter(text -> !text.isEmpty()),
          preset.source());
    }
  }
}
