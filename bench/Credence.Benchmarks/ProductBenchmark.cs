using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Matrix products beside OpenBLAS.</summary>
internal sealed class ProductBenchmark : IBenchmark
{
    private static readonly (char Form, int M, int K, int N)[] Shapes =
    [
        ('N', 256, 256, 256), ('N', 512, 512, 512), ('N', 1024, 1024, 1024), ('N', 2048, 2048, 2048), ('L', 512, 512, 512),
            ('R', 512, 512, 512),
        ('N', 60000, 784, 10), ('L', 784, 60000, 10), ('R', 60000, 10, 784), ('N', 20000, 100, 2), ('L', 100, 20000, 2),
        ('N', 10000, 300, 200), ('L', 300, 10000, 200),
    ];

    public string Verb => "product";

    public string Summary => "matrix products in float and double, beside OpenBLAS, one thread; GFLOP a second";

    public int Run(string[] args)
    {
        if (!OpenBlas.IsAvailable)
        {
            Console.Error.WriteLine("libopenblas.so.0 is not installed; there is nothing to compare with.");
            return 1;
        }

        OpenBlas.Threads(1);
        var report = new Report("product", "form: m × k × n", "ours", "OpenBLAS", "ours double", "OpenBLAS double", "double ratio",
            "two threads", "arithmetic on two");
        foreach ((char form, int m, int k, int n) in Shapes)
        {
            double work = 2e-9 * m * k * n;
            double[] seconds = Measure(form, m, k, n);
            string name = form switch { 'N' => "A·B", 'L' => "Aᵀ·B", _ => "A·Bᵀ" };
            report.Row($"{name}: {m} × {k} × {n}", [.. seconds[..4].Select(s => work / s), seconds[2] / seconds[3], .. seconds[4..]],
                seconds[0] / seconds[1]);
        }

        report.Note("GFLOP a second; ratios are of times, below 1 where ours is faster; two threads: how many times as fast as one, "
            + "beside what arithmetic without memory reaches in the same turns, which is below 2 where the machine does other work. "
            + $"OpenBLAS runs its {OpenBlas.Core} kernels.");
        report.Write();
        return 0;
    }

    private static double[] Measure(char form, int m, int k, int n)
    {
        var rng = new Rng(1);
        float[] a = new float[m * k], b = new float[k * n], c = new float[m * n], theirs = new float[m * n];
        double[] aDouble = new double[m * k], bDouble = new double[k * n], cDouble = new double[m * n];
        for (int i = 0; i < a.Length; i++)
            aDouble[i] = a[i] = (float)(rng.NextDouble() - 0.5);
        for (int i = 0; i < b.Length; i++)
            bDouble[i] = b[i] = (float)(rng.NextDouble() - 0.5);

        Action Ours(int maxThreads) => form switch
        {
            'N' => () => MatrixProduct.Multiply(a, b, c, m, k, n, maxThreads),
            'L' => () => MatrixProduct.MultiplyTransposedLeft(a, b, c, m, k, n, maxThreads),
            _ => () => MatrixProduct.MultiplyTransposedRight(a, b, c, m, k, n, maxThreads),
        };
        Action oursDouble = form switch
        {
            'N' => () => MatrixProduct.Multiply(aDouble, bDouble, cDouble, m, k, n),
            'L' => () => MatrixProduct.MultiplyTransposedLeft(aDouble, bDouble, cDouble, m, k, n),
            _ => () => MatrixProduct.MultiplyTransposedRight(aDouble, bDouble, cDouble, m, k, n),
        };
        Action blas = () => OpenBlas.Multiply(form == 'L', form == 'R', m, k, n, a, b, theirs);
        Ours(1)();
        blas();
        for (int i = 0; i < c.Length; i++)
        {
            if (!(Math.Abs(c[i] - theirs[i]) < 1e-3 * Math.Sqrt(k)))
                throw new InvalidOperationException($"element {i} of {form} {m} × {k} × {n}: ours {c[i]}, OpenBLAS {theirs[i]}");
        }

        double[] alone = Race.Run(
            [Ours(1), blas, oursDouble, () => OpenBlas.Multiply(form == 'L', form == 'R', m, k, n, aDouble, bDouble, cDouble)]);
        double[] together =
            Race.Run([Ours(1), Ours(2), () => Chunks.For(16, 1, Race.Arithmetic), () => Chunks.For(16, 2, Race.Arithmetic)], wall: true);
        return [.. alone, together[0] / together[1], together[2] / together[3]];
    }
}
