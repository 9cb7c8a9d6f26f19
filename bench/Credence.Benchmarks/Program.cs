namespace Credence.Benchmarks;

/// <summary>Measures kernels beside their peers: <c>dotnet run -c Release --project bench/Credence.Benchmarks -- softmax</c>.</summary>
internal static class Program
{
    private static readonly IBenchmark[] Benchmarks =
    [
        new SoftmaxBenchmark(), new CrossEntropyBenchmark(), new ProductBenchmark(), new AttentionBenchmark(), new TopKBenchmark(),
            new UlpBenchmark(),
        new CalibrationBenchmark(), new CalibrationGoldenBenchmark(), new LabelShiftBenchmark(), new EvaluationBenchmark(),
            new IntervalsStudy(), new DoctorStudy(), new VerdictStudy(), new RepeatsStudy(), new SetsStudy(), new MissingStudy(),
        new TrainingBenchmark(), new TreesBenchmark(), new NetworksBenchmark(), new LatencyBenchmark(),
    ];

    private static int Main(string[] args)
    {
        IBenchmark? chosen = Array.Find(Benchmarks, benchmark => args.Length > 0 && benchmark.Verb == args[0]);
        if (chosen is null)
        {
            Console.Error.WriteLine("usage: Credence.Benchmarks VERB [options]");
            foreach (IBenchmark benchmark in Benchmarks)
                Console.Error.WriteLine($"  {benchmark.Verb,-16}{benchmark.Summary}");
            return 2;
        }

        return chosen.Run(args[1..]);
    }
}
