using Credence.Data;
using Credence.Data.Columns;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Tests.Models;

/// <summary>A table of a few facts about many people: its few combinations each occur many times, with both labels.</summary>
public class RepeatedRowsTests
{
    private static readonly (string Deck, string Role, int Lost, int Saved)[] People =
    [
        ("upper", "guest", 6, 194), ("upper", "staff", 90, 60), ("middle", "guest", 30, 170), ("middle", "staff", 220, 80),
        ("lower", "guest", 260, 240), ("lower", "staff", 500, 100), ("hold", "guest", 8, 12), ("hold", "staff", 70, 10),
    ];

    [Fact]
    public void Fit_GivesEveryCombinationItsShare()
    {
        Classifier classifier = new ClassifierLearner(new() { Seed = 1 }).Fit(Rows()).Classifier;

        IReadOnlyList<Prediction> predictions = classifier.Predict(Features([.. People.Select(p => (p.Deck, p.Role))]), new() { Top = 2 });
        for (int i = 0; i < People.Length; i++)
        {
            double share = People[i].Saved / (double)(People[i].Lost + People[i].Saved);
            double saved = predictions[i].Top.Single(entry => entry.Label == "saved").Probability;
            Assert.InRange(saved, share - 0.1, share + 0.1);
        }
    }

    [Fact]
    public void Fit_OfCodesThatFixTheClass_KnowsEveryCode()
    {
        string[] codes = [.. Enumerable.Range(0, 400).Select(row => $"E{row % 24}")];
        int[] faults = [.. Enumerable.Range(0, 400).Select(row => row % 24 % 3 == 0 ? 0 : 1)];
        var data = new DataSet(new Table([CategoryColumn.FromNames("code", codes)]), new Labels(faults, ["pump", "valve"]));

        Classifier classifier = new ClassifierLearner(new() { Seed = 1 }).Fit(data).Classifier;

        var table = new Table([CategoryColumn.FromNames("code", codes[..24])]);
        Assert.All(classifier.Predict(table), (prediction, code) =>
        {
            Assert.Equal(code % 3 == 0 ? "pump" : "valve", prediction.Label);
            Assert.True(prediction.Probability > 0.9);
        });
    }

    private static DataSet Rows()
    {
        var rows = new List<(string Deck, string Role)>();
        var labels = new List<int>();
        foreach ((string deck, string role, int lost, int saved) in People)
        {
            rows.AddRange(Enumerable.Repeat((deck, role), lost + saved));
            labels.AddRange(Enumerable.Range(0, lost + saved).Select(i => i < saved ? 1 : 0));
        }

        return new DataSet(Features(rows), new Labels([.. labels], ["lost", "saved"]));
    }

    private static Table Features(List<(string Deck, string Role)> rows) => new([
        CategoryColumn.FromNames("deck", [.. rows.Select(row => row.Deck)]),
        CategoryColumn.FromNames("role", [.. rows.Select(row => row.Role)]),
    ]);
}
