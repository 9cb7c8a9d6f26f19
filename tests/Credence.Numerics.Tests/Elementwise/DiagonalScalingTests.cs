namespace Credence.Numerics.Tests;

public class DiagonalScalingTests
{
    private const double Least = -1.5;

    [Fact]
    public void Forward_IsThePlainLoop_AtEveryLength()
    {
        foreach (int classes in LaneOrder.Lengths)
        {
            double[] x = LaneOrder.Values(classes, 1, nan: classes / 2), b = LaneOrder.Values(classes, 2);
            foreach (double[] w in (double[][])[[1.7], LaneOrder.Values(Math.Max(1, classes), 3)])
            {
                double[] t = new double[classes];
                DiagonalScaling.Forward(x, w, b, Least, t);
                double[] expected = [.. x.Select((v, k) =>
                    v > Least ? Math.FusedMultiplyAdd(w[w.Length == 1 ? 0 : k], v, b[k]) : double.NegativeInfinity)];
                LaneOrder.AssertSame(expected, t, $"Forward of {classes}");
            }
        }
    }

    [Fact]
    public void AddDerivatives_IsThePlainLoop_AtEveryLength()
    {
        foreach (int classes in LaneOrder.Lengths)
        {
            double[] x = LaneOrder.Values(classes, 1), p = Probabilities(classes), start = LaneOrder.Values(5 * classes, 2);
            foreach (bool shared in (bool[])[false, true])
            {
                double[] sums = [.. start], expected = [.. start];
                double centre = shared ? LaneOrder.Sum(classes, (s, k) => Math.FusedMultiplyAdd(p[k], x[k], s)) : 0;
                for (int k = 0; k < classes; k++)
                {
                    double wp = 1.3 * p[k], far = wp * (shared ? 1 : 1 - p[k]) * (x[k] - centre);
                    expected[k] += wp;
                    expected[classes + k] += wp * x[k];
                    expected[(2 * classes) + k] += wp * (1 - p[k]);
                    expected[(3 * classes) + k] += far;
                    expected[(4 * classes) + k] += far * (x[k] - centre);
                }

                DiagonalScaling.AddDerivatives(x, p, 1.3, shared, sums);
                LaneOrder.AssertSame(expected, sums, $"AddDerivatives of {classes}, shared {shared}");
            }
        }
    }

    [Fact]
    public void AddHessianProduct_IsThePlainLoop_AtEveryLength()
    {
        foreach (int classes in LaneOrder.Lengths)
        {
            double[] x = LaneOrder.Values(classes, 1), p = Probabilities(classes), b = LaneOrder.Values(classes, 2);
            double[] start = LaneOrder.Values(2 * classes, 4);
            foreach (double[] w in (double[][])[[1.7], LaneOrder.Values(Math.Max(1, classes), 3)])
            {
                double[] dt = [.. x.Select((v, k) => Math.FusedMultiplyAdd(w[w.Length == 1 ? 0 : k], v, b[k]))], sums = [.. start],
                    expected = [.. start];
                double mean = LaneOrder.Sum(classes, (s, k) => Math.FusedMultiplyAdd(p[k], dt[k], s));
                for (int k = 0; k < classes; k++)
                {
                    double moved = 1.3 * p[k] * (dt[k] - mean);
                    expected[k] += moved;
                    expected[classes + k] = Math.FusedMultiplyAdd(moved, x[k], expected[classes + k]);
                }

                DiagonalScaling.AddHessianProduct(x, p, 1.3, w, b, new double[classes], sums);
                LaneOrder.AssertSame(expected, sums, $"AddHessianProduct of {classes}, {w.Length} scales");
            }
        }
    }

    [Fact]
    public void AddHessianProduct_IsTheGradientsDerivative()
    {
        const int Classes = 11;
        const double Step = 1e-6;
        double[] x = LaneOrder.Values(Classes, 1), w = LaneOrder.Values(Classes, 2), b = LaneOrder.Values(Classes, 3);
        double[] dw = LaneOrder.Values(Classes, 4), db = LaneOrder.Values(Classes, 5), product = new double[2 * Classes];
        double[] after = Gradient(Step), before = Gradient(-Step);
        DiagonalScaling.AddHessianProduct(x, Softmaxed(0), 1, dw, db, new double[Classes], product);
        for (int i = 0; i < 2 * Classes; i++)
            Assert.Equal((after[i] - before[i]) / (2 * Step), product[i], 1e-7);

        double[] Softmaxed(double step)
        {
            double[] t = new double[Classes];
            double[] scales = [.. w.Zip(dw, (v, d) => v + (step * d))], biases = [.. b.Zip(db, (v, d) => v + (step * d))];
            DiagonalScaling.Forward(x, scales, biases, double.NegativeInfinity, t);
            Softmax.ForwardRows(t, Classes, t);
            return t;
        }

        double[] Gradient(double step)
        {
            double[] sums = new double[5 * Classes];
            DiagonalScaling.AddDerivatives(x, Softmaxed(step), 1, false, sums);
            return sums[..(2 * Classes)];
        }
    }

    [Fact]
    public void WrongLengths_AreRefused()
    {
        double[] four = new double[4], three = new double[3], twenty = new double[20];
        Assert.Throws<ArgumentException>(() => DiagonalScaling.Forward(four, three, four, 0, four));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.Forward(four, [], four, 0, four));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.Forward(four, four, three, 0, four));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.Forward(four, four, four, 0, three));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.AddDerivatives(four, three, 1, true, twenty));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.AddDerivatives(four, four, 1, true, twenty.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.AddHessianProduct(four, three, 1, four, four, four, twenty));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.AddHessianProduct(four, four, 1, three, four, four, twenty));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.AddHessianProduct(four, four, 1, four, four, three, twenty));
        Assert.Throws<ArgumentException>(() => DiagonalScaling.AddHessianProduct(four, four, 1, four, four, four, three));
    }

    private static double[] Probabilities(int classes) =>
        [.. LaneOrder.Values(classes, 9, 0.5).Select(v => Math.Abs(v) / Math.Max(1, classes))];
}
