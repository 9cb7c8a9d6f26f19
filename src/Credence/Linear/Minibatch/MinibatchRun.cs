using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Minibatch;

/// <summary>One minibatch fit, step by step.</summary>
internal sealed class MinibatchRun
{
    private const double AdamStep = 0.05, SgdStep = 2.5;
    private const long RowsPerReport = 1 << 15;

    private readonly IStreamedFeatures stream;
    private readonly MinibatchSoftmaxRegressionOptions options;
    private readonly FeatureChunk? heldOut;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly BatchGradient gradient;
    private readonly IStepRule weightRule;
    private readonly IStepRule biasRule;
    private readonly int epochs;
    private readonly double l2;

    public MinibatchRun(
        IStreamedFeatures stream, MinibatchSoftmaxRegressionOptions options, FeatureChunk? heldOut, MinibatchState? resume,
            IProgress<TrainingProgress>? progress)
    {
        this.stream = stream;
        this.options = options;
        this.heldOut = heldOut;
        this.progress = progress;
        heldOut?.Check(stream.Columns, stream.Classes);
        epochs = options.EpochsOf(stream.Rows);
        l2 = options.LambdaOf(stream.Rows);
        gradient = new BatchGradient(stream.Columns, stream.Classes, options.BatchRows, options.MaxThreads);
        weightRule = Rule(gradient.Weights.Length, options.WeightDecay);
        biasRule = Rule(gradient.Bias.Length, 0);
        State = new MinibatchState(
            stream.Fingerprint, options.Describe(stream.Rows), new float[gradient.Weights.Length], new float[gradient.Bias.Length],
                [.. weightRule.Memory, .. biasRule.Memory]);
        if (resume is not null)
            Resume(resume);
    }

    /// <summary>The current state.</summary>
    public MinibatchState State { get; private set; }

    /// <summary>Makes the remaining passes.</summary>
    public void MakePasses(Action<MinibatchState>? checkpoint, CancellationToken cancellationToken)
    {
        long unsaved = 0;
        while (State.Pass < epochs)
        {
            long before = 0, block = 0;
            Rng passes = new Rng(options.Seed).Split((ulong)State.Pass);
            foreach (RowBlock rows in RowBlock.Of(stream, options.BufferRows, cancellationToken))
            {
                int from = (int)Math.Clamp(State.Row - before, 0, rows.Rows);
                if (State.FirstStep == 0)
                    Begin(rows);

                int[] order = from == rows.Rows ? [] : passes.Split((ulong)block).Permutation(rows.Rows);
                while (from < rows.Rows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    int length = Math.Min(options.BatchRows, rows.Rows - from);
                    MakeStep(rows, order.AsSpan(from, length));
                    from += length;
                    unsaved += length;
                    if (unsaved >= options.CheckpointRows && checkpoint is not null)
                    {
                        CheckFinite();
                        checkpoint(State);
                        unsaved = 0;
                    }
                }

                before += rows.Rows;
                block++;
            }

            if (before != stream.Rows)
                throw new ArgumentException($"The stream gave {before} rows instead of its {stream.Rows}; it must give the same rows "
                    + "every time.");

            CheckFinite();
            State.EndPass(HeldOutLoss());
            Report();
            checkpoint?.Invoke(State);
            unsaved = 0;
        }
    }

    /// <summary>The current model, evaluated in a last pass over all rows.</summary>
    public SoftmaxModel Model(CancellationToken cancellationToken)
    {
        int columns = stream.Columns, classes = stream.Classes;
        float[] weights = Unscaled(), bias = [.. State.Bias.Take(classes)], ones = new float[columns];
        Array.Fill(ones, 1);
        Centre(weights, columns, classes);
        Centre(bias, 1, classes);
        var weightSums = new double[columns * classes];
        var biasSums = new double[classes];
        double loss = 0;
        foreach (RowBlock rows in RowBlock.Of(stream, options.BufferRows, cancellationToken))
        {
            int[] order = [.. Enumerable.Range(0, rows.Rows)];
            for (int from = 0; from < rows.Rows; from += options.BatchRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int length = Math.Min(options.BatchRows, rows.Rows - from);
                loss += gradient.Compute(rows, order.AsSpan(from, length), ones, weights, bias) / stream.Rows;
                Add(gradient.Weights, (double)length / stream.Rows, weightSums);
                Add(gradient.Bias, (double)length / stream.Rows, biasSums);
            }
        }

        double squares = 0, gradientSquares = biasSums.Sum(value => value * value);
        for (int j = 0; j < weightSums.Length; j++)
        {
            double w = weights[j], slope = weightSums[j] + (l2 * w);
            squares += w * w;
            gradientSquares += slope * slope;
        }

        return new SoftmaxModel(weights, [.. bias.Select(value => (double)value)], new Certificate
        {
            Objective = loss + (l2 / 2 * squares),
            Loss = loss,
            GradientNorm = Math.Sqrt(gradientSquares),
            Passes = epochs + 1,
            Iterations = (int)Math.Min(int.MaxValue, State.Steps),
            StopReason = StopReason.PassesDone,
            Solver = options.Optimizer == MinibatchOptimizer.AdamW ? "AdamW on minibatches" : "SGD on minibatches",
            Reason = "the rows are streamed, so nothing bounds how far the optimum is; J and the gradient are of a last pass over all rows",
        });
    }

    private IStepRule Rule(int length, double decay) =>
        options.Optimizer == MinibatchOptimizer.AdamW ? new AdamW(length, decay) : new Sgd(length);

    private void Resume(MinibatchState saved)
    {
        saved.CheckIs(State);
        for (int i = 0; i < saved.Memory.Length; i++)
            saved.Memory[i].CopyTo(State.Memory[i], 0);

        State = new MinibatchState(saved, State.Memory);
    }

    private void MakeStep(RowBlock rows, ReadOnlySpan<int> order)
    {
        double done = (State.Pass + ((double)State.Row / stream.Rows)) / epochs, size = State.FirstStep * (1 - done);
        State.LossSum += gradient.Compute(rows, order, State.Scales, State.Weights, State.Bias);
        AddPenalty();
        State.WeightSum += order.Length;
        weightRule.Step(State.Weights, gradient.Weights, State.Steps, size, options.MaxThreads);
        biasRule.Step(State.Bias, gradient.Bias, State.Steps, size, 1);
        State.Steps++;
        long before = State.Row;
        State.Row += order.Length;
        if (before / RowsPerReport != State.Row / RowsPerReport)
            Report();
    }

    private void Report()
    {
        if (progress is null)
            return;

        IReadOnlyList<MinibatchPass> passes = State.Passes;
        double loss = State.WeightSum > 0 ? State.LossSum / State.WeightSum : passes[^1].Loss;
        double? held = passes.Count > 0 && double.IsFinite(passes[^1].HeldOutLogLoss) ? passes[^1].HeldOutLogLoss : null;

        // The last pass, which only evaluates, counts as work too.
        progress.Report(new TrainingProgress(State.Pass, loss, null, held, (State.Pass + ((double)State.Row / stream.Rows))
            / (epochs + 1)));
    }

    private double HeldOutLoss()
    {
        if (heldOut is null || heldOut.Rows == 0)
            return double.NaN;

        int classes = stream.Classes;
        double[] scores = LinearScores.Compute(
            heldOut.Features, new WidenedWeights(Unscaled(), classes), [.. State.Bias.Take(classes).Select(value => (double)value)],
            options.MaxThreads, default);
        double[] weights = [.. Enumerable.Range(0, heldOut.Rows).Select(row => (double)(heldOut.Weights?[row] ?? 1))];
        return CrossEntropy.TotalLoss(scores, classes, heldOut.Labels, weights) / weights.Sum();
    }

    private void Begin(RowBlock rows)
    {
        (State.Scales, double meanSquare) = FeatureScales.Compute(rows, stream.Columns);
        State.FirstStep = options.StepSize ?? Step(meanSquare);
    }

    private double Step(double meanSquare) => options.Optimizer == MinibatchOptimizer.AdamW ? AdamStep : SgdStep / (1 + meanSquare);

    /// <summary>The penalty λ/2·‖W‖² is on unscaled features: the weight w̃ = w/s of a scaled one adds λs²w̃ to the gradient.</summary>
    private void AddPenalty()
    {
        int classes = stream.Classes;
        for (int j = 0; j < stream.Columns; j++)
        {
            float pull = (float)(l2 * State.Scales[j] * State.Scales[j]);
            for (int e = j * classes; e < (j + 1) * classes; e++)
                gradient.Weights[e] += pull * State.Weights[e];
        }
    }

    /// <summary>W of the unscaled features, [columns, classes].</summary>
    private float[] Unscaled()
    {
        int classes = stream.Classes;
        var weights = new float[stream.Columns * classes];
        for (int e = 0; e < weights.Length; e++)
            weights[e] = State.Weights[e] * State.Scales[e / classes];
        return weights;
    }

    private void CheckFinite()
    {
        foreach (float value in State.Weights.Concat(State.Bias))
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"After {State.Steps} steps the weights are not finite: the first step size, "
                    + $"{State.FirstStep:0.###e0}, is too large for these rows; use a smaller one.");
        }
    }

    /// <summary>A common shift of all scores changes no probability; the penalty is smallest where the weights sum to 0 over
    /// classes.</summary>
    private static void Centre(float[] values, int rows, int classes)
    {
        for (int from = 0; from < rows * classes; from += classes)
        {
            double mean = 0;
            for (int k = 0; k < classes; k++)
                mean += (double)values[from + k] / classes;
            for (int k = 0; k < classes; k++)
                values[from + k] = (float)(values[from + k] - mean);
        }
    }

    private static void Add(float[] values, double factor, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += factor * values[i];
    }
}
