using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.Tests.LogitModels;

public sealed class LearnerContestTests
{
    private const int Rows = 100;

    [Fact]
    public void Winner_IsTheOneOfTheClearlyLowerLogLoss()
    {
        LearnerContest contest = Run(new Fixed("simple", 0.5), new Fixed("good", 2), new Fixed("bad", -1));

        Assert.Equal("good", contest.Name);
        Assert.Equal(2, ((Constant)contest.Fit.Model).Margin);
        Assert.Equal(["simple", "good", "bad"], contest.Candidates.Select(candidate => candidate.Name));
        // Every row has its label's logit at the margin and the other at 0: −ln σ(margin).
        Assert.Equal(Math.Log(1 + Math.Exp(-0.5)), contest.Candidates[0].LogLoss, 1e-12);
        Assert.Equal(0, contest.Candidates[0].StandardError, 1e-12);
    }

    [Fact]
    public void WithinAStandardErrorOfThePairedDifference_TheSimplerWins()
    {
        // The second is better on half of the rows and worse by almost as much on the other half.
        LearnerContest contest = Run(new Fixed("simple", 1), new Fixed("uneven", 1.02, spread: 0.5));

        Assert.Equal("simple", contest.Name);
    }

    [Fact]
    public void Weights_DecideWhichRowsCount()
    {
        // The second is far better on even rows and far worse on odd ones; only even rows have weight.
        double[] weights = [.. Enumerable.Range(0, Rows).Select(row => row % 2 == 0 ? 1.0 : 0)];
        LearnerContest contest =
            LearnerContest.Run([new Fixed("simple", 1), new Fixed("even", 1, spread: 3)], Shared() with { Weights = weights });

        Assert.Equal("even", contest.Name);
        Assert.Equal(Math.Log(1 + Math.Exp(-4)), contest.Candidates[1].LogLoss, 1e-12);
    }

    [Fact]
    public void Progress_IsOneForAllLearners()
    {
        var told = new Told();

        _ = LearnerContest.Run([new Fixed("simple", 1), new Fixed("other", 2)], Shared(), told);

        Assert.Equal([1 / 6.0, 1 / 3.0, 2 / 3.0, 1.0], told.Fractions, (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void LearnerThatTheRowsDontSuit_IsNamedAndLeftOut()
    {
        LearnerContest contest = Run(new Fixed("simple", 1), new Fixed("picky", 5) { Unfit = "it needs more" });

        Assert.Equal("simple", contest.Name);
        Assert.Equal(["picky left out: it needs more"], contest.Notes);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Run(new Fixed("picky", 5) { Unfit = "it needs more" }));
        Assert.Contains("picky left out: it needs more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blend_OfTwoThatKnowDifferentRows_IsBetterThanEither()
    {
        // The first knows the labels of even rows, the second those of odd ones; each is wrong on 4 of its 50 rows.
        ILogitLearner[] learners = [new Fixed("even", 1, spread: 1, wrong: 11), new Fixed("odd", 1, spread: -1, wrong: 11)];

        LearnerContest contest = LearnerContest.Run(learners, Shared(), BlendEntry.Candidate);

        Assert.Equal("blend", contest.Name);
        Assert.Equal(["even", "odd", "blend"], contest.Candidates.Select(candidate => candidate.Name));
        Assert.True(contest.Candidates[2].LogLoss < contest.Candidates.Take(2).Min(candidate => candidate.LogLoss));
        var blend = (BlendModel)contest.Fit.Model;
        // The derivative of the log loss in each weight is 0: on the rows that a model knows, σ of its logit is the share it is right on.
        Assert.All(blend.Weights, weight => Assert.Equal(Math.Log(46.0 / 4) / 2, weight, 0.001));
    }

    [Fact]
    public void CandidatesThatHeldOutOnlySomeRows_AreComparedOnThose()
    {
        // The first is bad on the rows of the second, and very good elsewhere.
        int[] some = [.. Enumerable.Range(0, Rows).Where(row => row % 2 == 0)];

        LearnerContest contest = Run(new Fixed("all", 3, spread: -2.9), new Fixed("some", 2) { Only = some });

        Assert.Equal("some", contest.Name);
        Assert.Equal(some, contest.Fit.Rows);
        Assert.Equal(Math.Log(1 + Math.Exp(-0.1)), contest.Candidates[0].LogLoss, 1e-12);
        Assert.Equal(Math.Log(1 + Math.Exp(-2)), contest.Candidates[1].LogLoss, 1e-12);
    }

    [Fact]
    public void Blend_OfCandidatesThatShareSomeRows_HoldsThose()
    {
        int[] some = [.. Enumerable.Range(0, 40)];
        ILogitLearner[] learners = [new Fixed("even", 1, spread: 1, wrong: 7), new Fixed("odd", 1, spread: -1, wrong: 7) { Only = some }];

        LearnerContest contest = LearnerContest.Run(learners, Shared(), BlendEntry.Candidate);

        Assert.Equal("blend", contest.Name);
        Assert.Equal(some, contest.Fit.Rows);
        Assert.Equal(40, contest.Fit.OutOfFold.Rows);
    }

    [Fact]
    public void BlendAlone_OfOneModel_IsRefused() => Assert.Throws<InvalidDataException>(
        () => LearnerContest.Run([new Fixed("simple", 1)], Shared(), BlendEntry.Alone));

    [Fact]
    public void NoLearner_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LearnerContest.Run([], Shared()));

    private static LearnerContest Run(params ILogitLearner[] learners) => LearnerContest.Run(learners, Shared());

    private static LearnerRows Shared()
    {
        var column = new NumberColumn("x", [.. Enumerable.Range(0, Rows).Select(row => (double)row)]);
        var labels = new Labels([.. Enumerable.Range(0, Rows).Select(row => row % 2)], ["a", "b"]);
        var table = new Table([column]);
        FeaturePipeline pipeline = FeaturePipeline.Fit(table, labels);
        return new LearnerRows(labels, pipeline, pipeline.Apply(table), [.. Enumerable.Range(0, Rows).Select(row => row % 5)]);
    }

    /// <summary>Gives each row's label a logit of a margin over the other's: more by the spread on even rows, less on odd ones;
    /// but the other's label's on the last of every so many pairs of rows.</summary>
    private sealed class Fixed(string name, double margin, double spread = 0, int wrong = int.MaxValue) : ILogitLearner
    {
        public string? Unfit { get; init; }

        /// <summary>The rows that it holds out; null for all.</summary>
        public int[]? Only { get; init; }

        public string Name => name;

        public string? Unsuited(LearnerRows rows) => Unfit;

        public LogitFit Fit(LearnerRows rows, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
        {
            var logits = new double[rows.Labels.Count * 2];
            for (int row = 0; row < rows.Labels.Count; row++)
            {
                int said = row / 2 % wrong == wrong - 1 ? 1 - rows.Labels[row] : rows.Labels[row];
                logits[(2 * row) + said] = margin + (row % 2 == 0 ? spread : -spread);
            }

            progress?.Report(new TrainingProgress(1, 1, null, null, 0.5));
            progress?.Report(new TrainingProgress(2, 1, null, null, 1));
            var all = new Logits(logits, 2);
            return new LogitFit(new Constant(margin), rows.Pipeline, Only is null ? all : all.Select(Only)) { Rows = Only };
        }
    }

    private sealed class Told : IProgress<TrainingProgress>
    {
        public List<double> Fractions { get; } = [];

        public void Report(TrainingProgress value) => Fractions.Add(value.Fraction);
    }

    private sealed class Constant(double margin) : ILogitModel
    {
        public double Margin => margin;

        public string Kind => "constant";

        public int Features => 1;

        public int Classes => 2;

        public LogitMeaning Meaning => LogitMeaning.Softmax;

        public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default) =>
            new(new double[features.Rows * 2], 2);

        public JsonObject Save(NamedTensors tensors, string prefix) => new() { ["kind"] = Kind };
    }
}
