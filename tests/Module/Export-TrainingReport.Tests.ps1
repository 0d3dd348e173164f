#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-TrainingReport' {
    BeforeAll {
        $result = [pscustomobject] @{
            Model     = '/models/my.onnx'
            Command   = 'New-WordClassifier <x> -Positive $a | Out-Null'
            Summary   = 'dense', 'dense_1'
            Report    = 'precision    recall'
            History   = 1..3 | ForEach-Object { [pscustomobject] @{ Epoch = $_; Loss = 1 / $_; Accuracy = 0.9 } }
            Confusion = ((3, 1), (0, 4))
            Labels    = 'no', 'yes'
            Mistakes  = [pscustomobject] @{ Word = '<script>'; Truth = 'no'; Label = 'yes'; Probability = 0.7 }
            Skipped   = 'qwxzv'
        }
    }

    It 'writes one page with all that a result has' {
        $file = $result | Export-TrainingReport "$TestDrive/report.html"
        $page = Get-Content $file -Raw

        $file | Should -BeOfType ([IO.FileInfo])
        foreach ($part in '<h1>Training report: my</h1>', 'New-WordClassifier &lt;x&gt; -Positive $a | Out-Null',
            "dense`ndense_1", 'precision    recall', '87.5%', '&lt;script&gt;', '0.700', 'qwxzv') {
            $page.Contains($part) | Should -BeTrue -Because $part
        }
        [regex]::Matches($page, 'data:image/svg\+xml;base64,') | Should -HaveCount 4
        $page | Should -Not -Match '<script|https?://'
    }

    It 'leaves out what a result lacks, and takes a title' {
        $page = [pscustomobject] @{ Summary = 'dense' } |
            Export-TrainingReport "$TestDrive/small.htm" -Title 'A & B' | Get-Content -Raw

        $page | Should -BeLike '*<h1>A &amp; B</h1>*'
        $page | Should -Not -BeLike '*<img*'
    }

    It 'is <Id> for <What>' -ForEach @(
        @{ Id = 'ReportEmpty'; What = 'a number'; Category = 'InvalidData'; Script = {
                5 | Export-TrainingReport "$TestDrive/e.html" } }
        @{ Id = 'ReportFormatUnknown'; What = 'a PDF'; Category = 'InvalidArgument'; Script = {
                $result | Export-TrainingReport "$TestDrive/e.pdf" } }
        @{ Id = 'FileExists'; What = 'a page that is there'; Category = 'ResourceExists'; Script = {
                Set-Content "$TestDrive/there.html" mine
                $result | Export-TrainingReport "$TestDrive/there.html" -NoClobber } }
    ) {
        Test-Refusal $Script $Id $Category
    }

    It 'is PlotPathTaken for a second result' {
        { $result, $result | Export-TrainingReport "$TestDrive/two.html" -ErrorAction Stop } |
            Should -Throw -ErrorId 'PlotPathTaken,OnnxDeep.PowerShell.Plots.ExportTrainingReportCommand'
    }

    It 'refuses numbers with a comma without -Culture' {
        $result = [pscustomobject] @{
            History  = [pscustomobject] @{ Loss = '0,5' }, [pscustomobject] @{ Loss = '0,25' }
            Mistakes = [pscustomobject] @{ Word = 'plum'; Truth = 'food'; Label = 'not food'; Probability = '0,125' }
        }
        Test-CommaRefusal { $result | Export-TrainingReport "$TestDrive/e.html" } '0,5'
        Test-CommaRefusal { $result | Select-Object Mistakes | Export-TrainingReport "$TestDrive/e.html" } '0,125'
        Get-Content ($result | Export-TrainingReport "$TestDrive/c.html" -Culture (Get-CommaCulture)) -Raw |
            Should -BeLikeExactly '*0.125*'
    }
}
