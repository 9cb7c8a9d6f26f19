namespace Credence.Features.Options;

/// <summary>How text becomes features: TF-IDF of word n-grams, character n-grams and skip-grams, each scaled to a fixed norm per text. The
/// defaults suit
/// questions, messages, reviews and requests from a few words up.</summary>
public sealed record TextOptions
{
    /// <summary>The longest word n-gram, 0 for no word features, at most 5.</summary>
    public int MaxWords { get; init; } = 2;

    /// <summary>The shortest character n-gram, at least 1.</summary>
    public int MinCharacters { get; init; } = 2;

    /// <summary>The longest character n-gram, 0 for no character features, at most 10.</summary>
    public int MaxCharacters { get; init; } = 5;

    /// <summary>The maximum number of words between the two of a skip-gram, 0 for no skip-grams, at most 10.</summary>
    public int MaxGap { get; init; } = 2;

    /// <summary>The Euclidean norm of a text's word features.</summary>
    public double WordNorm { get; init; } = 1;

    /// <summary>The Euclidean norm of a text's character features.</summary>
    public double CharacterNorm { get; init; } = 1;

    /// <summary>The Euclidean norm of a text's skip-gram features.</summary>
    public double GapNorm { get; init; } = 0.7;

    /// <summary>The minimum number of texts with an n-gram that becomes a feature.</summary>
    public int MinTexts { get; init; } = 2;

    /// <summary>The maximum number of features of each kind, the most frequent ones; it bounds the memory of training.</summary>
    public int MaxFeatures { get; init; } = 500_000;

    /// <summary>The powers of supervised term weighting to try, each at least 0, the likeliest best first; cross-validation chooses
    /// one.</summary>
    public IReadOnlyList<double> LabelPowers { get; init; } = [0.5, 0, 1];

    internal void Check()
    {
        Within(nameof(MaxWords), MaxWords, 0, 5);
        Within(nameof(MinCharacters), MinCharacters, 1, 10);
        Within(nameof(MaxCharacters), MaxCharacters, 0, 10);
        Within(nameof(MaxGap), MaxGap, 0, 10);
        Within(nameof(MinTexts), MinTexts, 1, int.MaxValue);
        Within(nameof(MaxFeatures), MaxFeatures, 1, 100_000_000);
        CheckNorm(nameof(WordNorm), WordNorm);
        CheckNorm(nameof(CharacterNorm), CharacterNorm);
        CheckNorm(nameof(GapNorm), GapNorm);
        if (LabelPowers.Count == 0 || LabelPowers.Any(power => !(power >= 0 && power <= 10)))
            throw new ArgumentException($"'{nameof(LabelPowers)}' must have at least one number, each from 0 to 10.");

        if (MaxCharacters > 0 && MaxCharacters < MinCharacters)
            throw new ArgumentException(
                $"'{nameof(MaxCharacters)}' is {MaxCharacters}, less than '{nameof(MinCharacters)}', {MinCharacters}.");

        if (MaxWords == 0 && MaxCharacters == 0)
            throw new ArgumentException($"'{nameof(MaxWords)}' and '{nameof(MaxCharacters)}' are both 0, so text has no features; one "
                + "must be at least 1.");
    }

    private static void Within(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new ArgumentException($"'{name}' is {value}, must be {least} to {most}.");
    }

    private static void CheckNorm(string name, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentException($"'{name}' is {value}, must be above 0 and finite.");
    }
}
