using System.Text.Json;
using Credence.Data.Columns;
using Credence.Features.Options;
using Credence.Features.Text;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Text;

/// <summary>TF-IDF against scikit-learn's, words and pairs of words against a plain reading of their definition:
/// tools/golden/text_features.py.</summary>
public class TextEncoderTests
{
    private static readonly JsonElement Names = KnownFeatures.Part("texts.json", "names"),
        Train = KnownFeatures.Part("texts.json", "train"),
        Unseen = KnownFeatures.Part("texts.json", "unseen"),
        Features = KnownFeatures.Part("texts.json", "features");

    [Fact]
    public void Names_AreTheFrequentGrams_TheMostFrequentFirst() => Assert.Equal<string?>(Names.Texts(), Fit().Names);

    [Fact]
    public void EveryFeature_IsTheTfIdf()
    {
        TextEncoder encoder = Fit();
        TextColumn texts = TextColumn.FromStrings("x", [.. Train.Texts(), .. Unseen.Texts()]);

        float[][] features = KnownFeatures.Encode(encoder, texts);

        JsonElement[] expected = Features.Items();
        Assert.Equal(expected.Length, features.Length);
        for (int row = 0; row < features.Length; row++)
        {
            var values = new double[encoder.Width];
            foreach (JsonProperty feature in expected[row].EnumerateObject())
                values[int.Parse(feature.Name)] = feature.Value.GetDouble();

            KnownFeatures.Close(values, features[row], 2e-7);
        }
    }

    [Fact]
    public void EachKindOfGram_HasItsOwnLength()
    {
        var options = new TextOptions { WordNorm = 2, CharacterNorm = 3, GapNorm = 0.5 };
        TextEncoder encoder = TextEncoder.Fit(TextColumn.FromStrings("x", Train.Texts()), options, 1, CancellationToken.None, out _)!;

        float[] row = KnownFeatures.Encode(encoder, TextColumn.FromStrings("x", ["the cat is far from the sun"]))[0];

        bool IsPair(string name) => name.Contains('…');
        double Length(Func<string, bool> isMeant) =>
            Math.Sqrt(row.Where((_, j) => isMeant(encoder.Names[j])).Sum(value => (double)value * value));
        Assert.Equal(2, Length(name => name.StartsWith("word", StringComparison.Ordinal) && !IsPair(name)), 1e-6);
        Assert.Equal(3, Length(name => name.StartsWith("chars", StringComparison.Ordinal)), 1e-6);
        Assert.Equal(0.5, Length(IsPair), 1e-6);
        Assert.Equal(Math.Sqrt(4 + 9 + 0.25), encoder.SharedNorm!.Value, 1e-12);
    }

    private static TextEncoder Fit() =>
        TextEncoder.Fit(TextColumn.FromStrings("x", Train.Texts()), new TextOptions(), 1, CancellationToken.None, out _)!;
}
