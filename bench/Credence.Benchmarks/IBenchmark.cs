namespace Credence.Benchmarks;

/// <summary>One thing to measure, asked for by its verb. A verb is a file; <see cref="Program"/> lists them.</summary>
internal interface IBenchmark
{
    /// <summary>The first argument that chooses it.</summary>
    string Verb { get; }

    /// <summary>One line of help.</summary>
    string Summary { get; }

    /// <summary>Measures, prints, and gives the exit code.</summary>
    int Run(string[] args);
}
