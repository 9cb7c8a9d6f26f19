namespace Credence.Evaluation;

/// <summary>Every calibration error of rows, for whatever labels they have.</summary>
internal sealed class CalibrationFigures
{
    private readonly SortedRows rows;
    private readonly int classes;
    private readonly Partition equalWidth;
    private readonly Partition equalMass;
    private readonly DebiasedCalibrationError debiased;
    private readonly SmoothCalibrationError coarse;

    public CalibrationFigures(SortedRows rows, int classes, EqualWidthBins bins)
    {
        this.rows = rows;
        this.classes = classes;
        equalWidth = Partition.EqualWidth(rows, bins);
        equalMass = Partition.EqualMass(rows, bins.Count);
        debiased = new DebiasedCalibrationError(rows, equalMass);

        // A calibrated model's smooth error is about 1/√n, and eight cells of the grid span half of it.
        int cells = 128;
        while (cells < 4096 && cells < 16 * Math.Sqrt(rows.Count))
            cells *= 2;
        coarse = new SmoothCalibrationError(cells);
    }

    /// <summary>The rows' confidences in equal-width bins.</summary>
    public Partition EqualWidth => equalWidth;

    /// <summary>The figures themselves.</summary>
    public CalibrationErrors OfData(double[] classGaps)
    {
        var gaps = new double[rows.Count];
        rows.Gaps(rows.Correct, gaps);
        return Of(gaps, rows.Correct, classGaps, SmoothCalibrationError.Of(rows.Confidence, gaps));
    }

    /// <summary>The figures of a draw, smooth calibration error on a coarser grid.</summary>
    public CalibrationErrors OfDraw(ReadOnlySpan<bool> correct, double[] classGaps)
    {
        var gaps = new double[rows.Count];
        rows.Gaps(correct, gaps);
        var masses = new double[coarse.Points];
        coarse.Lay(rows.Confidence, gaps, masses);
        return Of(gaps, correct, classGaps, coarse.Of(masses, 1e-6));
    }

    private CalibrationErrors Of(ReadOnlySpan<double> gaps, ReadOnlySpan<bool> correct, double[] classGaps, double smooth)
    {
        var groups = new double[rows.Groups.Cells];
        var width = new double[equalWidth.Cells];
        var mass = new double[equalMass.Cells];
        rows.Groups.Sum(gaps, groups);
        equalWidth.Sum(gaps, width);
        equalMass.Sum(gaps, mass);
        return new CalibrationErrors(
            BinnedCalibrationError.Expected(width),
            BinnedCalibrationError.Expected(mass),
            BinnedCalibrationError.Expected(classGaps) / classes,
            debiased.Of(mass, correct),
            smooth,
            BinnedCalibrationError.Largest(groups));
    }
}
