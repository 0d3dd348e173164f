using OnnxDeep.Mutants;

if (args is [Worker.Argument, string project, string testProject])
{
    await Worker.RunAsync(project, testProject);
}
else
{
    MutationRun.Run(args);
}
