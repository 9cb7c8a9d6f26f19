using System.Buffers;

namespace Credence.Evaluation.Metrics;

/// <summary>Every calibration error of rows, for whatever labels they have.</summary>
internal sealed class CalibrationMetrics
{
    private readonly SortedRows rows;
    private readonly CorpFit corp;

    public CalibrationMetrics(SortedRows rows, int classes, EqualWidthBins bins)
    {
        this.rows = rows;
        Classes = classes;
        EqualWidth = Partition.EqualWidth(rows, bins);
        EqualMass = Partition.EqualMass(rows, bins.Count);
        WidthShares = Shares(EqualWidth);
        Debiased = new DebiasedCalibrationError(rows, EqualMass);
        var weights = new double[rows.Groups.Cells];
        var confidences = new double[rows.Groups.Cells];
        rows.Groups.Sum(rows.Weights, weights);
        for (int group = 0; group < confidences.Length; group++)
            confidences[group] = rows.Confidence[rows.Groups.Start(group)];
        corp = new CorpFit(confidences, weights);
        CurveAt = CurvePoints.Choose(rows.Groups, confidences);

        // A calibrated model's smooth error is about 1/√n, and eight cells of the grid span half of it.
        int cells = 128;
        while (cells < 4096 && cells < 16 * Math.Sqrt(rows.Count))
            cells *= 2;
        Coarse = new SmoothCalibrationError(cells);
        CoarseGuess = 0.7 / Math.Sqrt(rows.Count);
    }

    /// <summary>The rows' confidences in equal-width bins.</summary>
    public Partition EqualWidth { get; }

    /// <summary>The share of weight in each equal-width bin.</summary>
    public double[] WidthShares { get; }

    /// <summary>The classes.</summary>
    public int Classes { get; }

    /// <summary>What the debiased error knows of the bins of equal count.</summary>
    public DebiasedCalibrationError Debiased { get; }

    /// <summary>The rows' confidences in bins of equal count.</summary>
    public Partition EqualMass { get; }

    /// <summary>The grid on which the smooth error of many draws is computed.</summary>
    public SmoothCalibrationError Coarse { get; }

    /// <summary>About what the smooth error of a calibrated model is.</summary>
    public double CoarseGuess { get; }

    /// <summary>Each distinct confidence, rising.</summary>
    public ReadOnlySpan<double> Confidences => corp.Confidences;

    /// <summary>The distinct confidences at which the reliability curve is drawn.</summary>
    public int[] CurveAt { get; }

    /// <summary>The metrics themselves.</summary>
    public CalibrationErrors OfData(double[] classGaps)
    {
        var gaps = new double[rows.Count];
        rows.Gaps(rows.Correct, gaps);
        return Of(gaps, rows.Correct, classGaps, SmoothCalibrationError.Compute(rows.Confidence, gaps), new double[CurveAt.Length]);
    }

    /// <summary>The metrics of a draw, smooth calibration error on a coarser grid.</summary>
    /// <param name="correct">Whether each row is right.</param>
    /// <param name="classGaps">[classes, bins].</param>
    /// <param name="curve">Gets the recalibrated confidence at <see cref="CurveAt"/>.</param>
    public CalibrationErrors OfDraw(ReadOnlySpan<bool> correct, double[] classGaps, double[] curve)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(rows.Count);
        Span<double> gaps = rented.AsSpan(0, rows.Count);
        rows.Gaps(correct, gaps);
        var masses = new double[Coarse.Points];
        Coarse.Lay(rows.Confidence, gaps, masses);
        CalibrationErrors errors = Of(gaps, correct, classGaps, Coarse.Of(masses, 1e-6, CoarseGuess), curve);
        ArrayPool<double>.Shared.Return(rented);
        return errors;
    }

    /// <summary>The three parts of the top label's Brier score, and the recalibrated confidence at <see cref="CurveAt"/>.</summary>
    public CorpDecomposition Corp(ReadOnlySpan<bool> correct, double[] curve) => Corp(correct, CurveAt, curve);

    /// <summary>The recalibrated confidence of each row.</summary>
    public double[] Recalibrated(ReadOnlySpan<bool> correct)
    {
        int[] all = [.. Enumerable.Range(0, rows.Groups.Cells)];
        var shares = new double[all.Length];
        var recalibrated = new double[rows.Count];
        Corp(correct, all, shares);
        foreach (int group in all)
            recalibrated.AsSpan(rows.Groups.Start(group)..rows.Groups.End(group)).Fill(shares[group]);
        return recalibrated;
    }

    /// <summary>The largest gap of a bin with rows, on the scale of confidence.</summary>
    public static double Mce(ReadOnlySpan<double> widthGaps, ReadOnlySpan<double> widthShares)
    {
        double largest = 0;
        for (int bin = 0; bin < widthGaps.Length; bin++)
        {
            if (widthShares[bin] > 0)
                largest = Math.Max(largest, Math.Abs(widthGaps[bin]) / widthShares[bin]);
        }

        return largest;
    }

    private double[] Shares(Partition partition)
    {
        var shares = new double[partition.Cells];
        partition.Sum(rows.Weights, shares);
        for (int cell = 0; cell < shares.Length; cell++)
            shares[cell] /= rows.Count;
        return shares;
    }

    private CorpDecomposition Corp(ReadOnlySpan<bool> correct, int[] asked, double[] curve)
    {
        int[] places = ArrayPool<int>.Shared.Rent(rows.Groups.Cells);
        double[] right = ArrayPool<double>.Shared.Rent(rows.Groups.Cells);
        int count = 0;
        for (int group = 0; group < rows.Groups.Cells; group++)
        {
            double sum = 0;
            for (int row = rows.Groups.Start(group); row < rows.Groups.End(group); row++)
                sum += correct[row] ? rows.Weights[row] : 0;

            if (sum > 0)
                (places[count], right[count++]) = (group, sum);
        }

        CorpDecomposition split = corp.Fit(places.AsSpan(0, count), right.AsSpan(0, count), asked, curve);
        ArrayPool<int>.Shared.Return(places);
        ArrayPool<double>.Shared.Return(right);
        return split;
    }

    private CalibrationErrors Of(ReadOnlySpan<double> gaps, ReadOnlySpan<bool> correct, double[] classGaps, double smooth, double[] curve)
    {
        var width = new double[EqualWidth.Cells];
        var mass = new double[EqualMass.Cells];
        EqualWidth.Sum(gaps, width);
        EqualMass.Sum(gaps, mass);
        return new CalibrationErrors(new LabelledGaps(rows, gaps, correct)
        {
            Width = width,
            Mass = mass,
            ClassGaps = classGaps,
            Smooth = smooth,
            Miscalibration = Corp(correct, curve).Miscalibration,
            Fixed = this,
        });
    }
}
