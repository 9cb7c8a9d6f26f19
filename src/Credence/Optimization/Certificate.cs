using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.Optimization;

/// <summary>The certificate of a fit: its objective, a bound on the distance to the optimum, and the solver that found it.</summary>
/// <remarks>
/// With a quadratic penalty λ/2·‖W‖² and a free bias at its exact optimum, J is λ-strongly convex in W, so
/// J − J* ≤ ‖∇_W J‖²/(2λ), ‖W − W*‖ ≤ ‖∇_W J‖/λ, and for every row x the scores Wᵀx are within ‖x‖·‖∇_W J‖/λ of the optimum's.
/// The first is also the Fenchel duality gap at the dual point a_i = softmax(z_i). With an L1 part the gap is that of the elastic net's
/// dual at the same point, or at one scaled into the dual's bounds (S. Kim and others, 2007), and the distance at most √(2·gap/λ₂), λ₂ =
/// λ(1 − ρ).
/// </remarks>
public sealed record Certificate
{
    /// <summary>J = mean cross-entropy + penalty, in nats.</summary>
    public required double Objective { get; init; }

    /// <summary>The weighted mean cross-entropy alone, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>‖∇J‖₂ with respect to weights and bias; with an L1 penalty, the norm of the minimum-norm subgradient.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>An upper bound on J − J*; null without a penalty, where there is no bound.</summary>
    public double? DualityGap { get; init; }

    /// <summary>Multiplied by ‖x‖₂, a bound on the distance of any score Wᵀx to the optimum's; null without a quadratic penalty.</summary>
    public double? LogitBoundFactor { get; init; }

    /// <summary>Passes over the rows; computing the scores of all rows, or the transposed product, counts as half a pass.</summary>
    public required int Passes { get; init; }

    /// <summary>The solver's iterations.</summary>
    public required int Iterations { get; init; }

    /// <summary>Why the solver stopped.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>The solver's name.</summary>
    public required string Solver { get; init; }

    /// <summary>Why this solver was chosen.</summary>
    public required string Reason { get; init; }

    /// <summary>The certificate as JSON.</summary>
    public JsonObject Save()
    {
        var saved = new JsonObject
        {
            ["objective"] = Objective,
            ["loss"] = Loss,
            ["gradient_norm"] = GradientNorm,
            ["passes"] = Passes,
            ["iterations"] = Iterations,
            ["stopped"] = StopReason.ToString(),
            ["solver"] = Solver,
            ["reason"] = Reason,
        };
        if (DualityGap is { } gap)
            saved["gap"] = gap;
        if (LogitBoundFactor is { } factor)
            saved["logit_bound_factor"] = factor;

        return saved;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static Certificate Load(JsonObject saved) => new()
    {
        Objective = saved.Number("objective"),
        Loss = saved.Number("loss"),
        GradientNorm = saved.Number("gradient_norm"),
        DualityGap = saved["gap"] is null ? null : saved.Number("gap"),
        LogitBoundFactor = saved["logit_bound_factor"] is null ? null : saved.Number("logit_bound_factor"),
        Passes = saved.Integer("passes"),
        Iterations = saved.Integer("iterations"),
        StopReason = Enum.TryParse(saved.Text("stopped"), out StopReason reason) && Enum.IsDefined(reason)
            ? reason
            : throw new InvalidDataException($"The certificate's 'stopped' is '{saved.Text("stopped")}', which is no known reason."),
        Solver = saved.Text("solver"),
        Reason = saved.Text("reason"),
    };
}
