#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
    $base = (Get-Module OnnxDeep).ModuleBase
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

    Context 'results from elsewhere' {
        BeforeAll {
            $rows = foreach ($i in 1..60) { [pscustomobject] @{ size = $i * 3 % 61; age = $i * 7 % 11; kind = $i % 3 } }
            $trained = $rows |
                New-Classifier -LabelProperty kind -Path "$TestDrive/table.onnx" -CrossValidate 2 -Epochs 3
            $page = $trained | Export-TrainingReport "$TestDrive/own.html" | Get-Content -Raw
            $pictures = { param($result)
                ($result | Export-LossPlot "$TestDrive/p.svg" | Get-Content -Raw),
                ($result.History | Export-LossPlot "$TestDrive/p.svg" | Get-Content -Raw),
                ($result | Export-ConfusionPlot "$TestDrive/p.svg" | Get-Content -Raw),
                ($result.Confusion | Export-ConfusionPlot "$TestDrive/p.svg" | Get-Content -Raw) }
        }

        It 'shows rows, features and folds of a table' {
            foreach ($part in 'Test rows', 'Training rows', 'Misclassified rows', 'size, age', 'Accuracy in 2 folds',
                '>Row<', 'Cross-validation') {
                $page.Contains($part) | Should -BeTrue -Because $part
            }
            $page | Should -Not -BeLike '*word*'
        }

        It 'is the same, as are plots, of a result from <Where>' -ForEach @(
            @{ Where = 'a CLIXML file'; Pass = {
                    $input | Export-Clixml "$TestDrive/r.xml"
                    Import-Clixml "$TestDrive/r.xml" } }
            @{ Where = 'a JSON file'; Pass = { $input | ConvertTo-Json -Depth 9 | ConvertFrom-Json } }
        ) {
            $other = $trained | & $Pass

            $other.PSObject.TypeNames[0] | Should -Not -BeExactly OnnxDeep.ClassifierResult
            $other | Export-TrainingReport "$TestDrive/other.html" | Get-Content -Raw | Should -BeExactly $page
            & $pictures $other | Should -BeExactly (& $pictures $trained)
        }

        It 'is the same of a result of a job' {
            $result = Start-Job {
                Import-Module "$using:base/OnnxDeep.psd1"
                $using:rows | New-Classifier -LabelProperty kind -Path "$using:TestDrive/job.onnx" -Epochs 3
            } | Receive-Job -Wait -AutoRemoveJob

            $page = $result | Export-TrainingReport "$TestDrive/job.html" | Get-Content -Raw
            $page | Should -BeLike '*<dd>3</dd>*'
            Get-SvgText ($result | Export-LossPlot "$TestDrive/j.svg") |
                Should -BeExactly (Get-SvgText ($trained | Export-LossPlot "$TestDrive/k.svg"))
        }
    }

    It 'shows the probability of the label of mistakes, <How>' -ForEach @(
        @{ How = 'from Scores'; Mistake = @{ Scores = @{ no = 0.9; yes = 0.1 }; Probability = 0.1 } }
        @{ How = 'as it is'; Mistake = @{ Probability = '0.9' } }
        @{ How = 'from that of food'; Mistake = @{ Probability = 0.1; IsFood = $false } }
    ) {
        $mistake = [pscustomobject] ($Mistake + @{ Word = 'tea'; Truth = 'yes'; Label = 'no' })
        $page = [pscustomobject] @{ Mistakes = $mistake } | Export-TrainingReport "$TestDrive/m.html" | Get-Content -Raw

        $page | Should -BeLike '*<td class="number">0.900</td>*'
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
