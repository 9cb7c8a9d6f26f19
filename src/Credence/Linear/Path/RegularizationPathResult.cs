using Credence.Data.Scores;

namespace Credence.Linear.Path;

/// <summary>The outcome of a path: the chosen penalty, the model trained with it on all rows, and held-out scores of every row.</summary>
/// <param name="Model">The model, trained on all rows at <paramref name="Lambda"/>.</param>
/// <param name="Lambda">The chosen λ.</param>
/// <param name="OutOfFold">[rows, classes]: logits of each row by a model that did not see it, at the chosen λ.</param>
/// <param name="Curve">What every λ that was tried gave with the chosen features, from strong to weak.</param>
/// <param name="Features">The chosen way to make features, counted from 0.</param>
/// <param name="Losses">The lowest held-out log loss of each way, in nats.</param>
public sealed record RegularizationPathResult<TModel>(
    TModel Model, double Lambda, Logits OutOfFold, IReadOnlyList<PathPoint> Curve, int Features, IReadOnlyList<double> Losses)
    where TModel : class
{
    /// <summary>The same with a model that says what its scores mean.</summary>
    internal RegularizationPathResult<TOther> With<TOther>(TOther model)
        where TOther : class => new(model, Lambda, OutOfFold, Curve, Features, Losses);
}
