using Credence.Numerics;

// Scores of four pictures for three classes, the last of them hard for a softmax written naively.
string[] names = ["cat", "dog", "owl"];
float[] logits =
[
    2.0f, 1.0f, 0.1f,
    -1.0f, 3.0f, 0.5f,
    0.2f, 0.1f, 0.3f,
    90f, 2f, -2f,
];
int[] labels = [0, 1, 2, 0];

// Probabilities, a row a picture.
float[] probabilities = new float[logits.Length];
Softmax.ForwardRows(logits, names.Length, probabilities);
for (int row = 0; row < labels.Length; row++)
{
    string shares = string.Join("  ", names.Select((name, k) => $"{name} {probabilities[(row * names.Length) + k]:P1}"));
    Console.WriteLine($"picture {row + 1}: {shares}");
}

// How surprised they are by the truth, and which way each score should move.
float[] gradient = new float[logits.Length];
double loss = CrossEntropy.LossAndGradientRows(logits, names.Length, labels, default, gradient);
Console.WriteLine($"log loss {loss / labels.Length:F4}, first row's gradient "
    + $"{string.Join(' ', gradient[..3].Select(g => g.ToString("F4")))}");

// A few hundred steps down that gradient.
for (int step = 0; step < 300; step++)
{
    CrossEntropy.LossAndGradientRows(logits, names.Length, labels, default, gradient);
    for (int i = 0; i < logits.Length; i++)
        logits[i] -= 0.5f * gradient[i];
}

Console.WriteLine($"after 300 steps {CrossEntropy.TotalLoss(logits, names.Length, labels) / labels.Length:F4}");

// The softmax's cousins.
Console.WriteLine($"ln Σ e^z of the first row {LogSumExp.Compute(logits.AsSpan(0, 3)):F4}");
Console.WriteLine($"σ(1) = {Sigmoid.Compute(1.0):F4}, ln σ(−800) = {LogSigmoid.Compute(-800.0):F1}");
