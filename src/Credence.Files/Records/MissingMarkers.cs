using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>The cells that mean a value is missing: the empty one, the usual markers, those that a model's training data had, and those
/// of the options. An empty marker given alone replaces the usual ones; a marker that is a number, such as −999, also means −999.0.</summary>
internal sealed class MissingMarkers
{
    private static readonly string[] Usual = ["NA", "N/A", "?", "NaN", "nan", "null", "NULL"];

    private readonly string[] markers;
    private readonly double[] numbers;
    private readonly int longest;

    /// <summary>The markers of the options alone.</summary>
    public MissingMarkers(IReadOnlyList<string>? asked)
        : this([], asked)
    {
    }

    private MissingMarkers(IReadOnlyList<string> kept, IReadOnlyList<string>? asked)
    {
        bool onlyEmpty = (kept.Count > 0 ? kept : asked) is [""];
        string[] own = [.. kept.Concat(asked ?? []).Where(marker => marker.Length > 0).Distinct(StringComparer.Ordinal)];
        markers = onlyEmpty ? own : [.. Usual, .. own];
        numbers = [.. own.Select(marker => NumberParser.TryParse(marker, out double number) ? number : double.NaN).Where(double.IsFinite)];
        longest = own.Select(marker => marker.Length).Append(4).Max();
    }

    /// <summary>The markers of the options and those of the model's training data.</summary>
    /// <exception cref="ArgumentException">The options contradict the training data: a cell was a value there and is missing here, or the
    /// other way round.</exception>
    public static MissingMarkers Of(ReadOptions options)
    {
        if (options.Layout is not { } layout)
            return new MissingMarkers(options.Missing);

        if (options.Missing is [""] && layout.Missing is not [""])
        {
            throw new ArgumentException($"{ReadOptionNames.Missing} is empty, so that NA and ? would be values; they were missing in the "
                + "model's training data, and are read the same way here. Leave it out.");
        }

        if (layout.Missing is [""] && options.Missing?.FirstOrDefault(Usual.Contains) is { } value)
        {
            throw new ArgumentException($"{ReadOptionNames.Missing} is '{value}', which was a value in the model's training data, where "
                + "only the empty cell was missing. Leave it out, or train again.");
        }

        return new MissingMarkers(layout.Missing, options.Missing);
    }

    /// <summary>Whether a number is one of the markers.</summary>
    public bool Has(double number) => Array.IndexOf(numbers, number) >= 0;

    /// <summary>Whether a cell is empty or one of the markers.</summary>
    public bool Has(ReadOnlySpan<char> cell)
    {
        if (cell.Length == 0)
            return true;

        if (cell.Length > longest)
            return false;

        foreach (string marker in markers)
        {
            if (cell.SequenceEqual(marker))
                return true;
        }

        return false;
    }
}
