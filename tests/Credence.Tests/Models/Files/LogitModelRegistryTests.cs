using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Persistence;

namespace Credence.Tests.Models.Files;

public sealed class LogitModelRegistryTests
{
    private static readonly Classifier Classifier = new ClassifierLearner(new() { Lambda = 1e-2, Folds = 2 }).Fit(new DataSet(
        new Table([new NumberColumn("x", [.. Enumerable.Range(0, 60).Select(row => (double)(row % 7))])]),
        new Labels([.. Enumerable.Range(0, 60).Select(row => row % 7 > 3 ? 1 : 0)], ["low", "high"]))).Classifier;

    [Fact]
    public void AKindOfAnotherAssembly_IsLoadedOnceItIsRegistered()
    {
        var foreign = new Classifier(Classifier.Pipeline, new Foreign(2), Classifier.Calibrator, Classifier.Classes, Classifier.Facts);
        byte[] bytes = ModelFile.ToBytes(foreign);
        var unknown = Assert.Throws<InvalidDataException>(() => ModelFile.FromBytes(bytes));
        Assert.Contains("kind 'foreign'", unknown.Message, StringComparison.Ordinal);

        LogitModelRegistry.Register("foreign", Foreign.Load);
        var back = (Classifier)ModelFile.FromBytes(bytes);

        Assert.IsType<Foreign>(back.Model);
        Assert.Equal(bytes, ModelFile.ToBytes(back));
        Assert.Contains("foreign", LogitModelRegistry.Kinds);
        Assert.Throws<ArgumentException>(() => LogitModelRegistry.Register("softmax", Foreign.Load));
        // Such a model can't tell what its features contribute, and says so.
        Table row = new([new NumberColumn("x", [1.0])]);
        Assert.Contains("can't", Assert.Throws<InvalidDataException>(() => Explanation.Compute(back, row))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LogitsOfAnotherMeaning_AreRefused()
    {
        var sigmoid = new Classifier(
            Classifier.Pipeline,
            new Credence.Linear.SigmoidModel(new float[2], new double[2], ((Credence.Linear.SoftmaxModel)Classifier.Model).Certificate),
            Classifier.Calibrator, Classifier.Classes, Classifier.Facts);

        var error = Assert.Throws<InvalidDataException>(() => ModelFile.FromBytes(ModelFile.ToBytes(sigmoid)));
        Assert.Contains("must be for Softmax", error.Message, StringComparison.Ordinal);
    }

    private sealed class Foreign(int classes) : ILogitModel
    {
        public string Kind => "foreign";

        public int Features => 1;

        public int Classes => classes;

        public LogitMeaning Meaning => LogitMeaning.Softmax;

        public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default) =>
            new(new double[features.Rows * classes], classes);

        public JsonObject Save(NamedTensors tensors, string prefix) => new() { ["kind"] = Kind, ["classes"] = classes };

        public static Foreign Load(JsonObject saved, NamedTensors tensors, string prefix) => new Foreign(saved.Integer("classes"));
    }
}
