using Credence.Data;
using Credence.Features.Matrices;

namespace Credence.Features;

/// <summary>The features of texts as they are, and weighed more and more by what they tell of the labels; a fold's weights never know its rows' labels.</summary>
internal sealed class SupervisedTermWeighting
{
    private readonly FeaturePipeline pipeline;
    private readonly IFeatureMatrix features;
    private readonly Labels labels;
    private readonly double[] powers;

    /// <summary>The ways to weigh.</summary>
    /// <param name="pipeline">What made the features, without weights.</param>
    /// <param name="features">The training rows' features.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="folds">Their folds.</param>
    /// <param name="powers">The powers to try, the likeliest first; not looked at where there is no text.</param>
    public SupervisedTermWeighting(FeaturePipeline pipeline, IFeatureMatrix features, Labels labels, int[] folds, IReadOnlyList<double> powers)
    {
        this.pipeline = pipeline;
        this.features = features;
        this.labels = labels;
        this.powers = pipeline.CanWeigh ? [.. powers] : [0];
        Choices = [.. this.powers.Select(power => power == 0
            ? FeatureChoice.Of(features)
            : new FeatureChoice($"weighed by what features tell of the label, to the power {power}", fold => pipeline.Weigh(features, labels, row => folds[row] != fold, power).Apply(features)))];
    }

    /// <summary>The features of each way.</summary>
    public IReadOnlyList<FeatureChoice> Choices { get; }

    /// <summary>The pipeline that weighs in one of the ways.</summary>
    public FeaturePipeline Weighed(int choice) =>
        powers[choice] == 0 ? pipeline : pipeline.With(pipeline.Weigh(features, labels, _ => true, powers[choice]));
}
