<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AllTick</name>
    <message>
        <source>AllTick could not give its list of suspensions. The desk tries again later; nothing needs to be done.</source>
        <translation>AllTick 未能提供停牌列表。程序稍后自动重试，无需操作。</translation>
    </message>
    <message>
        <source>This is a fault of the desk: the request is not repeated. Please report it.</source>
        <translation>这是程序的错误，该请求不再重发，请反馈。</translation>
    </message>
    <message>
        <source>The desk waits and then asks more slowly; nothing needs to be done.</source>
        <translation>程序会稍候并放慢请求，无需操作。</translation>
    </message>
    <message>
        <source>The desk tries again later; nothing needs to be done.</source>
        <translation>程序稍后自动重试，无需操作。</translation>
    </message>
    <message>
        <source>AllTick does not accept the token: it is missing, wrong or expired. The desk has stopped asking; enter a valid token in the settings.</source>
        <translation>AllTick 不接受此 Token：缺失、有误或已过期。程序已停止请求，请在设置中输入有效的 Token。</translation>
    </message>
    <message>
        <source>This is more than the plan allows. The desk asks for less; check that the plan in the settings is the token&apos;s.</source>
        <translation>超出套餐限额。程序会减少请求，请确认设置中的套餐与 Token 一致。</translation>
    </message>
    <message>
        <source>AllTick does not know this code. The desk does not ask for it again today unless it is started anew; check its spelling, where capital letters count.</source>
        <translation>AllTick 没有此代码。除非重新启动，程序今日不再请求，请检查拼写（区分大小写）。</translation>
    </message>
    <message>
        <source>The plan does not cover this code. The desk does not ask for it again today unless it is started anew; a larger plan of AllTick&apos;s may have it.</source>
        <translation>当前套餐不含此代码。除非重新启动，程序今日不再请求，AllTick 更高的套餐可能包含。</translation>
    </message>
    <message>
        <source>AllTick counts too many requests and closes the connection. The desk connects again after the plan&apos;s pause; another program with the same token may be the cause.</source>
        <translation>AllTick 认为请求过多并断开了连接。程序会在套餐规定的间隔后重连，原因可能是另有程序使用同一 Token。</translation>
    </message>
    <message>
        <source>AllTick could not read a request.</source>
        <translation>AllTick 无法识别请求。</translation>
    </message>
    <message>
        <source>AllTick counts too many requests.</source>
        <translation>AllTick 认为请求过多。</translation>
    </message>
    <message>
        <source>AllTick could not read the query of a request.</source>
        <translation>AllTick 无法识别请求的查询参数。</translation>
    </message>
    <message>
        <source>AllTick received a request without its document.</source>
        <translation>AllTick 收到的请求缺少内容。</translation>
    </message>
    <message>
        <source>AllTick allows this token no further connection. The desk makes do with fewer; another program with the same token may hold one, or the plan in the settings is too large.</source>
        <translation>AllTick 不再允许此 Token 建立更多连接。程序会以较少的连接运行；可能另有程序占用同一 Token，或设置中的套餐高于实际。</translation>
    </message>
    <message>
        <source>A proxy on the way to AllTick refused the connection. The desk tries again later; check the proxy settings of this computer.</source>
        <translation>通往 AllTick 的代理拒绝了连接。程序稍后重试，请检查本机的代理设置。</translation>
    </message>
    <message>
        <source>AllTick did not answer. The desk tries again later; check the network and the address.</source>
        <translation>AllTick 没有响应。程序稍后重试，请检查网络和地址。</translation>
    </message>
    <message>
        <source>AllTick has trouble of its own ({ret}).</source>
        <translation>AllTick 服务异常（{ret}）。</translation>
    </message>
    <message>
        <source>AllTick answered with HTTP status {status}. The desk tries again later; check the address in the settings if this stays.</source>
        <translation>AllTick 返回 HTTP 状态 {status}。程序稍后重试；若持续出现，请检查设置中的地址。</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>The vendor sent bars that cannot be read.</source>
        <translation>数据源返回的K线无法识别。</translation>
    </message>
    <message>
        <source>Loading older bars…</source>
        <translation>更早K线加载中…</translation>
    </message>
    <message>
        <source>Older bars: waiting {seconds} s for the plan&apos;s next free call</source>
        <translation>更早K线：等待套餐额度，{seconds} 秒后请求</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>加载中…</translation>
    </message>
    <message>
        <source>Waiting {seconds} s for the plan&apos;s next free call</source>
        <translation>等待套餐额度，{seconds} 秒后请求</translation>
    </message>
    <message>
        <source>No bars</source>
        <translation>无K线数据</translation>
    </message>
    <message>
        <source>{detail} Trying again in {seconds} s.</source>
        <translation>{detail}{seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>O</source>
        <translation>开</translation>
    </message>
    <message>
        <source>H</source>
        <translation>高</translation>
    </message>
    <message>
        <source>L</source>
        <translation>低</translation>
    </message>
    <message>
        <source>C</source>
        <translation>收</translation>
    </message>
    <message>
        <source>V</source>
        <translation>量</translation>
    </message>
    <message>
        <source>Turnover</source>
        <translation>额</translation>
    </message>
    <message>
        <source>1m</source>
        <translation>1分</translation>
    </message>
    <message>
        <source>5m</source>
        <translation>5分</translation>
    </message>
    <message>
        <source>15m</source>
        <translation>15分</translation>
    </message>
    <message>
        <source>30m</source>
        <translation>30分</translation>
    </message>
    <message>
        <source>1h</source>
        <translation>1时</translation>
    </message>
    <message>
        <source>2h</source>
        <translation>2时</translation>
    </message>
    <message>
        <source>4h</source>
        <translation>4时</translation>
    </message>
    <message>
        <source>1d</source>
        <translation>日K</translation>
    </message>
    <message>
        <source>1w</source>
        <translation>周K</translation>
    </message>
    <message>
        <source>1mo</source>
        <translation>月K</translation>
    </message>
    <message>
        <source>Show {interval} bars</source>
        <translation>周期：{interval}</translation>
    </message>
    <message>
        <source>The vendor has no {interval} bars for {code}.</source>
        <translation>数据源不提供 {code} 的此周期（{interval}）。</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Charted instrument</source>
        <translation>图表品种</translation>
    </message>
    <message>
        <source>Charted code</source>
        <translation>图表代码</translation>
    </message>
    <message>
        <source>Chart note</source>
        <translation>图表提示</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>K线数值</translation>
    </message>
    <message>
        <source>Candles</source>
        <translation>K线</translation>
    </message>
    <message>
        <source>Hollow candles</source>
        <translation>空心K线</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>美国线</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>收盘价线</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积图</translation>
    </message>
    <message>
        <source>Heikin-Ashi</source>
        <translation>平均K线</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>普通坐标</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>百分比坐标</translation>
    </message>
    <message>
        <source>Chart controls</source>
        <translation>图表工具</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>样式</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Measure bars, time and price (Shift+drag)</source>
        <translation>测量K线数、时间和价格（Shift+拖动）</translation>
    </message>
    <message>
        <source>Zoom to a box</source>
        <translation>框选放大</translation>
    </message>
    <message>
        <source>Zoom to a box (Ctrl+drag)</source>
        <translation>框选放大（Ctrl+拖动）</translation>
    </message>
    <message>
        <source>Chart menu</source>
        <translation>图表菜单</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>Style: {style}</source>
        <translation>样式：{style}</translation>
    </message>
    <message>
        <source>Price scale</source>
        <translation>价格坐标</translation>
    </message>
    <message>
        <source>Time axis</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Time left of the bar</source>
        <translation>K线倒计时</translation>
    </message>
    <message>
        <source>Bid and ask</source>
        <translation>买卖价</translation>
    </message>
    <message>
        <source>Run on after a drag</source>
        <translation>拖动后惯性滚动</translation>
    </message>
    <message>
        <source>Export bars…</source>
        <translation>导出K线…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Reset the view</source>
        <translation>恢复默认视图</translation>
    </message>
    <message>
        <source>About these bars…</source>
        <translation>K线信息…</translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation>反转坐标</translation>
    </message>
    <message>
        <source>Automatic scale</source>
        <translation>自动坐标</translation>
    </message>
    <message>
        <source>Without leaving out time</source>
        <translation>不省略空缺时段</translation>
    </message>
    <message>
        <source>Exchange ({zone})</source>
        <translation>交易所（{zone}）</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Other time zone…</source>
        <translation>其他时区…</translation>
    </message>
    <message>
        <source>Interval {interval}</source>
        <translation>周期 {interval}</translation>
    </message>
    <message>
        <source>{vendor}&apos;s history begins here: it has no older bars.</source>
        <translation>{vendor} 的历史数据始于此处，没有更早的K线。</translation>
    </message>
    <message>
        <source>{vendor} gives only the newest {count} bars of this instrument; older ones are what this desk has kept.</source>
        <translation>{vendor} 仅提供该品种最近的 {count} 根K线，更早的是本程序此前保存的。</translation>
    </message>
    <message>
        <source>The desk was not connected from {start} to {end}.</source>
        <translation>{start} 至 {end} 程序未连接。</translation>
    </message>
    <message>
        <source>The desk was not connected here.</source>
        <translation>程序在此期间未连接。</translation>
    </message>
    <message>
        <source>The market was closed.</source>
        <translation>市场休市。</translation>
    </message>
    <message>
        <source>The vendor has no bars here: nothing was traded, or it kept none.</source>
        <translation>数据源在此没有K线：没有成交，或未保存。</translation>
    </message>
    <message>
        <source>These bars were never loaded.</source>
        <translation>这段K线从未加载。</translation>
    </message>
    <message>
        <source>The desk asks for them when the plan has a call to spare.</source>
        <translation>程序会在套餐额度有余时请求。</translation>
    </message>
    <message>
        <source>The vendor does not give them any more.</source>
        <translation>数据源已不再提供。</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>空缺</translation>
    </message>
    <message>
        <source>1 bar</source>
        <translation>1 根K线</translation>
    </message>
    <message>
        <source>{count} bars</source>
        <translation>{count} 根K线</translation>
    </message>
    <message>
        <source>{bars}, {time}</source>
        <translation>{bars}，{time}</translation>
    </message>
    <message>
        <source>{days} d{rest}</source>
        <translation>{days} 天{rest}</translation>
    </message>
    <message>
        <source>{hours}:{minutes} h</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Look for a time zone</source>
        <translation>搜索时区</translation>
    </message>
    <message>
        <source>Place or region</source>
        <translation>城市或地区</translation>
    </message>
    <message>
        <source>Time zones</source>
        <translation>时区列表</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>回到最新</translation>
    </message>
    <message>
        <source>Back to the newest bar (End)</source>
        <translation>回到最新K线（End）</translation>
    </message>
    <message>
        <source>The chart&apos;s picture is on the clipboard.</source>
        <translation>图表图片已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.webp)</source>
        <translation>图片 (*.png *.jpg *.webp)</translation>
    </message>
    <message>
        <source>The chart&apos;s picture is saved as {path}.</source>
        <translation>图表图片已保存为 {path}。</translation>
    </message>
    <message>
        <source>The picture could not be written to {path}. Choose another folder, or make room.</source>
        <translation>图片无法写入 {path}。请选择其他文件夹，或清理空间。</translation>
    </message>
    <message>
        <source>Move pane up</source>
        <translation>窗格上移</translation>
    </message>
    <message>
        <source>Move pane down</source>
        <translation>窗格下移</translation>
    </message>
    <message>
        <source>Remove {pane}</source>
        <translation>删除 {pane}</translation>
    </message>
    <message>
        <source>{days}d {hours}h</source>
        <translation>{days}天{hours}时</translation>
    </message>
    <message>
        <source>Waiting: 1 call, next free in {seconds} s; {left} left today</source>
        <translation>等待：1 次请求，{seconds} 秒后可发出；今日剩余 {left}</translation>
    </message>
    <message>
        <source>Waiting: 1 call, next free in {seconds} s</source>
        <translation>等待：1 次请求，{seconds} 秒后可发出</translation>
    </message>
    <message>
        <source>Loading older bars: 1 call, {left} left today</source>
        <translation>更早K线加载中：1 次请求，今日剩余 {left}</translation>
    </message>
    <message>
        <source>Loading older bars: 1 call</source>
        <translation>更早K线加载中：1 次请求</translation>
    </message>
    <message>
        <source>Older bars: 1 call, next free in {seconds} s; {left} left today</source>
        <translation>更早K线：1 次请求，{seconds} 秒后可发出；今日剩余 {left}</translation>
    </message>
    <message>
        <source>Older bars: 1 call, next free in {seconds} s</source>
        <translation>更早K线：1 次请求，{seconds} 秒后可发出</translation>
    </message>
    <message>
        <source>About these bars</source>
        <translation>K线信息</translation>
    </message>
    <message>
        <source>{count} from {first} to {last}</source>
        <translation>{count} 根，{first} 至 {last}</translation>
    </message>
    <message>
        <source>Older bars are loaded as you go there.</source>
        <translation>翻看更早时段时自动加载。</translation>
    </message>
    <message>
        <source>Bars:</source>
        <translation>K线：</translation>
    </message>
    <message>
        <source>Before them:</source>
        <translation>更早K线：</translation>
    </message>
    <message>
        <source>Built bars:</source>
        <translation>合成K线：</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>空缺</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Looking for gaps…</source>
        <translation>空缺查找中…</translation>
    </message>
    <message>
        <source>No bar is missing.</source>
        <translation>没有缺失的K线。</translation>
    </message>
    <message>
        <source>The newest {count} gaps:</source>
        <translation>最近 {count} 处空缺：</translation>
    </message>
    <message>
        <source>Gaps ({count}):</source>
        <translation>空缺（{count}）：</translation>
    </message>
    <message>
        <source>Not compared yet. A bar is compared when the vendor&apos;s takes the place of one that the desk built from trades.</source>
        <translation>尚未比对。数据源的K线替换程序由成交合成的K线时进行比对。</translation>
    </message>
    <message>
        <source>{percent} % over {bars}.</source>
        <translation>{percent}%（{bars}）。</translation>
    </message>
    <message>
        <source>{percent} % over {bars} since {day}.</source>
        <translation>{percent}%（{bars}，自 {day} 起）。</translation>
    </message>
    <message>
        <source>one bar</source>
        <translation>1 根</translation>
    </message>
    <message>
        <source>The closes were off by {mean_price} on average ({mean_steps} steps of {step}), the worst price by {worst_price} ({worst_steps} steps, {worst_percent} %).</source>
        <translation>收盘价平均偏差 {mean_price}（{mean_steps} 个最小价位，每个 {step}），单个价格最大偏差 {worst_price}（{worst_steps} 个价位，{worst_percent}%）。</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>A chart is compared with at most {most} instruments, so {code} was not added. Remove one first.</source>
        <translation>一张图表最多对比 {most} 个品种，未添加 {code}。请先删除一个。</translation>
    </message>
    <message>
        <source>{code} is compared already.</source>
        <translation>{code} 已在对比中。</translation>
    </message>
    <message>
        <source>{code} is what the chart shows.</source>
        <translation>图表当前品种即为 {code}。</translation>
    </message>
    <message>
        <source>The chart shows it now.</source>
        <translation>图表现已显示该品种。</translation>
    </message>
    <message>
        <source>The vendor has no {interval} bars of it; choose another interval.</source>
        <translation>数据源不提供该品种的此周期（{interval}），请选择其他周期。</translation>
    </message>
    <message>
        <source>What the chart was compared with last time could not be read, so it begins without.</source>
        <translation>上次的对比品种无法识别，图表未恢复对比。</translation>
    </message>
    <message>
        <source>{code} is compared.</source>
        <translation>已对比 {code}。</translation>
    </message>
    <message>
        <source>{code} is compared no more.</source>
        <translation>已取消对比 {code}。</translation>
    </message>
    <message>
        <source>Remove {code}</source>
        <translation>删除 {code}</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Compare with other instruments, in percent ({key})</source>
        <translation>与其他品种对比涨跌幅（{key}）</translation>
    </message>
    <message>
        <source>Up to {most} instruments, each as a line in percent from the first bar in view.</source>
        <translation>最多 {most} 个品种，各以一条线表示，按可见首根K线起的涨跌幅绘制。</translation>
    </message>
    <message>
        <source>Compared instruments</source>
        <translation>对比品种</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>对比…</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>停止对比</translation>
    </message>
</context>
<context>
    <name>Deck</name>
    <message>
        <source>Charts</source>
        <translation>多图</translation>
    </message>
    <message>
        <source>Chart layout</source>
        <translation>图表布局</translation>
    </message>
    <message>
        <source>Chart layout: one, two or four charts</source>
        <translation>图表布局：单图、双图或四图</translation>
    </message>
    <message>
        <source>Chart {number} of {count}</source>
        <translation>图表 {number}/{count}</translation>
    </message>
    <message>
        <source>Chart {number} of {count}, active</source>
        <translation>图表 {number}/{count}，当前图表</translation>
    </message>
    <message>
        <source>One chart</source>
        <translation>单图</translation>
    </message>
    <message>
        <source>Two side by side</source>
        <translation>左右双图</translation>
    </message>
    <message>
        <source>Two one above the other</source>
        <translation>上下双图</translation>
    </message>
    <message>
        <source>Four charts</source>
        <translation>四图</translation>
    </message>
    <message>
        <source>Next chart</source>
        <translation>下一图表</translation>
    </message>
    <message>
        <source>Previous chart</source>
        <translation>上一图表</translation>
    </message>
    <message>
        <source>Group of this chart</source>
        <translation>当前图表的联动组</translation>
    </message>
    <message>
        <source>Chart {number}</source>
        <translation>图表 {number}</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Link the instrument</source>
        <translation>联动品种</translation>
    </message>
    <message>
        <source>Link the interval</source>
        <translation>联动周期</translation>
    </message>
    <message>
        <source>Link the crosshair</source>
        <translation>联动十字光标</translation>
    </message>
    <message>
        <source>No group</source>
        <translation>不联动</translation>
    </message>
    <message>
        <source>Group {number}: {colour}</source>
        <translation>联动组 {number}：{colour}</translation>
    </message>
    <message>
        <source>Chart group</source>
        <translation>图表联动组</translation>
    </message>
    <message>
        <source>{group}. Charts of one group follow each other.</source>
        <translation>{group}。同组图表同步切换。</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>The demo could not be started: {reason}.</source>
        <translation>演示无法启动：{reason}。</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>The simulated exchange did not start, so the demo has no data.</source>
        <translation>模拟交易所未能启动，演示没有数据。</translation>
    </message>
    <message>
        <source>The metrics are not written any more: {why}.</source>
        <translation>已停止写入运行指标：{why}。</translation>
    </message>
    <message>
        <source>There is no token for {vendor} yet. Enter one in the settings, or try the demo.</source>
        <translation>尚无 {vendor} 的 Token。请在设置中输入，或试用演示。</translation>
    </message>
    <message>
        <source>{vendor} is not in use. Switch it on in the settings.</source>
        <translation>{vendor} 未启用，请在设置中启用。</translation>
    </message>
    <message>
        <source>This version of the desk does not know {vendor}.</source>
        <translation>此版本的程序不支持 {vendor}。</translation>
    </message>
</context>
<context>
    <name>Drawings</name>
    <message>
        <source>It holds no drawings that the desk can read, so nothing was taken from it.</source>
        <translation>其中没有可识别的画线，未读入任何内容。</translation>
    </message>
    <message>
        <source>Drawing {number} has no kind.</source>
        <translation>第 {number} 个画线没有类型。</translation>
    </message>
    <message>
        <source>{kind}: the field “{field}” cannot be read.</source>
        <translation>{kind}：字段“{field}”无法识别。</translation>
    </message>
    <message>
        <source>Drawing {number}, {problem}</source>
        <translation>第 {number} 个画线，{problem}</translation>
    </message>
    <message>
        <source>Trend line</source>
        <translation>趋势线</translation>
    </message>
    <message>
        <source>Ray</source>
        <translation>射线</translation>
    </message>
    <message>
        <source>Horizontal line</source>
        <translation>水平线</translation>
    </message>
    <message>
        <source>Vertical line</source>
        <translation>垂直线</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>平行通道</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Fibonacci retracement</source>
        <translation>斐波那契回撤</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>{kind}: there is nothing to write.</source>
        <translation>{kind}：没有内容。</translation>
    </message>
    <message>
        <source>{kind}: it needs a level.</source>
        <translation>{kind}：至少需要一个回撤位。</translation>
    </message>
    <message>
        <source>{kind}: it has {found} points and needs {count}.</source>
        <translation>{kind}：有 {found} 个点，应为 {count} 个。</translation>
    </message>
    <message>
        <source>{kind}: a point has no time or price that can be shown.</source>
        <translation>{kind}：有一个点的时间或价格无法显示。</translation>
    </message>
    <message>
        <source>{kind}: a colour must be one of the theme&apos;s, or be written as #rrggbb.</source>
        <translation>{kind}：颜色须为主题颜色之一，或写成 #rrggbb。</translation>
    </message>
    <message>
        <source>{kind}: the width must be from {least} to {most} pixels.</source>
        <translation>{kind}：线宽须为 {least} 至 {most} 像素。</translation>
    </message>
    <message>
        <source>{kind}: the desk has no such style of line.</source>
        <translation>{kind}：程序没有此线型。</translation>
    </message>
    <message>
        <source>{kind}: the text has more than {most} characters.</source>
        <translation>{kind}：文字超过 {most} 个字符。</translation>
    </message>
    <message>
        <source>{kind}: there may be {most} levels, each once.</source>
        <translation>{kind}：回撤位最多 {most} 个，且不得重复。</translation>
    </message>
    <message>
        <source>{kind}: a level must be from −{most} to {most}.</source>
        <translation>{kind}：回撤位须在 −{most} 至 {most} 之间。</translation>
    </message>
    <message>
        <source>{count} drawings selected</source>
        <translation>已选中 {count} 个画线</translation>
    </message>
    <message>
        <source>{kind} at {place}</source>
        <translation>{kind}：{place}</translation>
    </message>
    <message>
        <source>{kind} from {start} to {end}</source>
        <translation>{kind}：{start} 至 {end}</translation>
    </message>
    <message>
        <source>{drawing}, through {place}</source>
        <translation>{drawing}，经过 {place}</translation>
    </message>
    <message>
        <source>{drawing}, “{text}”</source>
        <translation>{drawing}，“{text}”</translation>
    </message>
    <message>
        <source>{drawing}, locked</source>
        <translation>{drawing}，已锁定</translation>
    </message>
    <message>
        <source>{price} on {moment}</source>
        <translation>{moment} 价格 {price}</translation>
    </message>
    <message>
        <source>Undo drawing</source>
        <translation>撤销画线</translation>
    </message>
    <message>
        <source>Redo drawing</source>
        <translation>重做画线</translation>
    </message>
    <message>
        <source>Style…</source>
        <translation>样式…</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>编辑文字</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation>置于顶层</translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation>置于底层</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Select all drawings</source>
        <translation>全选画线</translation>
    </message>
    <message>
        <source>Magnet</source>
        <translation>磁吸</translation>
    </message>
    <message>
        <source>Keep drawing</source>
        <translation>连续画线</translation>
    </message>
    <message>
        <source>Lock all drawings</source>
        <translation>锁定全部画线</translation>
    </message>
    <message>
        <source>Hide all drawings</source>
        <translation>隐藏全部画线</translation>
    </message>
    <message>
        <source>Show hidden drawings</source>
        <translation>显示隐藏的画线</translation>
    </message>
    <message>
        <source>Remove all drawings</source>
        <translation>删除全部画线</translation>
    </message>
    <message>
        <source>Points catch at a bar&apos;s open, high, low and close. Hold Ctrl to have that once.</source>
        <translation>端点吸附到K线的开盘价、最高价、最低价和收盘价。按住 Ctrl 可临时启用。</translation>
    </message>
    <message>
        <source>Stay with the tool after drawing.</source>
        <translation>画完后继续使用该工具。</translation>
    </message>
    <message>
        <source>Drawings removed: {count}. Undo brings them back.</source>
        <translation>已删除 {count} 个画线，可撤销。</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>画线</translation>
    </message>
    <message>
        <source>Draw: {kind}. The arrow has all tools.</source>
        <translation>画线：{kind}。点箭头可选全部工具。</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>强调色</translation>
    </message>
    <message>
        <source>Text colour</source>
        <translation>文字色</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>次要色</translation>
    </message>
    <message>
        <source>Rise</source>
        <translation>上涨色</translation>
    </message>
    <message>
        <source>Fall</source>
        <translation>下跌色</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀色</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>警示色</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>蓝绿色</translation>
    </message>
    <message>
        <source>Other colour…</source>
        <translation>其他颜色…</translation>
    </message>
    <message>
        <source>Add level</source>
        <translation>添加回撤位</translation>
    </message>
    <message>
        <source>Usual levels</source>
        <translation>默认回撤位</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>回撤位</translation>
    </message>
    <message>
        <source>Colour of the level</source>
        <translation>回撤位颜色</translation>
    </message>
    <message>
        <source>As the line</source>
        <translation>与线条相同</translation>
    </message>
    <message>
        <source>Remove level</source>
        <translation>删除回撤位</translation>
    </message>
    <message>
        <source>Solid</source>
        <translation>实线</translation>
    </message>
    <message>
        <source>Dashed</source>
        <translation>虚线</translation>
    </message>
    <message>
        <source>Dotted</source>
        <translation>点线</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>画线</translation>
    </message>
    <message>
        <source>Style: {kind}</source>
        <translation>样式：{kind}</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>No fill</source>
        <translation>无填充</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>回撤位</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>线宽</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线型</translation>
    </message>
    <message>
        <source>Goes on to the right</source>
        <translation>向右延伸</translation>
    </message>
</context>
<context>
    <name>Endpoint</name>
    <message>
        <source>The address has spaces in it; one looks like https://quote.alltick.co.</source>
        <translation>地址中有空格；正确形式如 https://quote.alltick.co。</translation>
    </message>
    <message>
        <source>The address begins with https:// and a host, like https://quote.alltick.co.</source>
        <translation>地址须以 https:// 和主机名开头，如 https://quote.alltick.co。</translation>
    </message>
    <message>
        <source>The address holds no user, no “?” and no “#”; the desk adds what is needed.</source>
        <translation>地址中不能有用户名、“?”或“#”，其余由程序补全。</translation>
    </message>
    <message>
        <source>Plain http goes to this machine only (127.0.0.1, ::1, localhost), since anybody on the way could read the token. Use https.</source>
        <translation>不加密的 http 只能连接本机（127.0.0.1、::1、localhost），否则途中任何人都能读到 Token。请使用 https。</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>No {interval} bars of {code} are stored. Open its chart in the desk first: what the vendor gives is kept.</source>
        <translation>本地没有 {code} 的 {interval} K线。请先在程序中打开其图表，数据源提供的K线会保存下来。</translation>
    </message>
    <message>
        <source>No {interval} bars of {code} are stored; there are {known}.</source>
        <translation>本地没有 {code} 的 {interval} K线，已有的周期：{known}。</translation>
    </message>
    <message>
        <source>Parquet files need the package pyarrow, which is not installed: install it, or name a file that ends with .csv.</source>
        <translation>Parquet 文件需要 pyarrow 包，而它尚未安装：请安装，或改用以 .csv 结尾的文件名。</translation>
    </message>
    <message>
        <source>The file {path} cannot be written: {why}.</source>
        <translation>无法写入文件 {path}：{why}。</translation>
    </message>
    <message>
        <source>The file {path} does not end with .csv or .parquet.</source>
        <translation>文件 {path} 不以 .csv 或 .parquet 结尾。</translation>
    </message>
    <message>
        <source>{count} {interval} bars of {code} are in {path}.</source>
        <translation>{code} 的 {count} 根 {interval} K线已存入 {path}。</translation>
    </message>
    <message>
        <source>{count} {interval} bars of {code} are in {path}. The last one was still in progress when it came.</source>
        <translation>{code} 的 {count} 根 {interval} K线已存入 {path}。最后一根在取得时尚未收盘。</translation>
    </message>
    <message>
        <source>There is a file {path} already, so nothing was written. Choose another name.</source>
        <translation>文件 {path} 已存在，未写入。请使用其他文件名。</translation>
    </message>
    <message>
        <source>Export bars</source>
        <translation>导出K线</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Parquet (*.parquet)</source>
        <translation>Parquet (*.parquet)</translation>
    </message>
</context>
<context>
    <name>Feed</name>
    <message>
        <source>The next try is in {time}.</source>
        <translation>{time}后重试。</translation>
    </message>
    <message>
        <source>The connection was refused with HTTP status {status}.</source>
        <translation>连接被拒绝，HTTP 状态 {status}。</translation>
    </message>
    <message>
        <source>The proxy that this machine is set to use does not work for this connection.</source>
        <translation>本机设置的代理无法用于此连接。</translation>
    </message>
    <message>
        <source>{host} did not answer as a WebSocket server does.</source>
        <translation>{host} 的响应不是 WebSocket 协议。</translation>
    </message>
    <message>
        <source>The endpoint&apos;s address is not valid.</source>
        <translation>服务地址无效。</translation>
    </message>
    <message>
        <source>{host} did not answer within {seconds} seconds.</source>
        <translation>{host} 在 {seconds} 秒内没有响应。</translation>
    </message>
    <message>
        <source>The certificate of {host} is not trusted: {why}.</source>
        <translation>{host} 的证书不受信任：{why}。</translation>
    </message>
    <message>
        <source>No secure connection to {host} could be made.</source>
        <translation>无法与 {host} 建立安全连接。</translation>
    </message>
    <message>
        <source>The name {host} could not be found; this machine may be offline.</source>
        <translation>找不到主机 {host}，本机可能未联网。</translation>
    </message>
    <message>
        <source>{host} could not be reached.</source>
        <translation>无法连接 {host}。</translation>
    </message>
    <message>
        <source>{host} could not be reached: {why}.</source>
        <translation>无法连接 {host}：{why}。</translation>
    </message>
    <message>
        <source>The endpoint</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The vendor did not accept the token within {seconds} seconds; the desk connects again.</source>
        <translation>数据源在 {seconds} 秒内未确认 Token，程序将重连。</translation>
    </message>
    <message>
        <source>The vendor did not end a subscription; the desk connects again to end it.</source>
        <translation>数据源未取消一项订阅，程序将重连以取消。</translation>
    </message>
    <message>
        <source>The vendor does not answer the heartbeat.</source>
        <translation>数据源未响应心跳。</translation>
    </message>
    <message>
        <source>This machine slept, or its clock was set.</source>
        <translation>本机曾休眠，或系统时间被调整。</translation>
    </message>
    <message>
        <source>The connection was open but silent for {time}.</source>
        <translation>连接未断，但已 {time}没有响应。</translation>
    </message>
    <message>
        <source>The vendor closed the connection without a word.</source>
        <translation>数据源断开了连接，未说明原因。</translation>
    </message>
    <message>
        <source>The vendor closed the connection with code {code}.</source>
        <translation>数据源断开了连接，代码 {code}。</translation>
    </message>
    <message>
        <source>The vendor refuses every code of this family; the rows say why.</source>
        <translation>数据源拒绝了此类品种的全部代码，原因见各行的状态。</translation>
    </message>
    <message>
        <source>Nothing of this family is watched.</source>
        <translation>未关注此类品种。</translation>
    </message>
    <message>
        <source>{live} of {all} connections are live.</source>
        <translation>{all} 个连接中 {live} 个正常。</translation>
    </message>
    <message>
        <source>The desk tries again by itself.</source>
        <translation>程序会自动重试。</translation>
    </message>
    <message>
        <source>{vendor} needs a token that it accepts. Enter one in the settings.</source>
        <translation>{vendor} 需要有效的 Token，请在设置中输入。</translation>
    </message>
    <message>
        <source>The desk has ended its connection to {vendor}.</source>
        <translation>本程序已结束与{vendor}的连接。</translation>
    </message>
    <message>
        <source>{vendor} sent an answer without end.</source>
        <translation>{vendor} 返回的内容过大。</translation>
    </message>
    <message>
        <source>{vendor} did not answer in time.</source>
        <translation>{vendor} 响应超时。</translation>
    </message>
    <message>
        <source>{vendor} could not be reached ({kind}).</source>
        <translation>无法连接 {vendor}（{kind}）。</translation>
    </message>
    <message>
        <source>The proxy that this machine names cannot be used.</source>
        <translation>本机设置的代理无法使用。</translation>
    </message>
    <message>
        <source>Another connection has to be closed first.</source>
        <translation>正在等待另一个连接先断开。</translation>
    </message>
    <message>
        <source>Another program with this token seems to have taken this connection&apos;s place; the desk waits before it tries again. Close the other program, then choose “Connect again now” in the connection&apos;s menu.</source>
        <translation>此连接似乎已被另一个使用同一 Token 的程序顶替，本程序稍候再重试。请关闭那个程序，再在连接的菜单中选择“立即重连”。</translation>
    </message>
    <message>
        <source>The vendor closed this connection when the desk opened another one: it seems to allow fewer than the plan in the settings. The desk tries again later.</source>
        <translation>程序建立另一个连接时，数据源断开了此连接：允许的连接数似乎少于设置中的套餐。程序稍后重试。</translation>
    </message>
    <message>
        <source>An unexpected error ended the connection.</source>
        <translation>连接因意外错误而中断。</translation>
    </message>
    <message>
        <source>There is no token yet.</source>
        <translation>尚无 Token。</translation>
    </message>
    <message>
        <source>The vendor accepts no code here now; the desk asks again later.</source>
        <translation>数据源目前不接受此处的任何代码，程序稍后再次请求。</translation>
    </message>
    <message>
        <source>the vendor refused a further connection, so {room} codes stream</source>
        <translation>数据源拒绝增加连接，只推送 {room} 个代码</translation>
    </message>
    <message>
        <source>the vendor accepts {room} codes</source>
        <translation>数据源只接受 {room} 个代码</translation>
    </message>
    <message>
        <source>the plan streams {room} codes</source>
        <translation>套餐只推送 {room} 个代码</translation>
    </message>
    <message>
        <source>the plan streams {room} codes in all</source>
        <translation>套餐总共只推送 {room} 个代码</translation>
    </message>
    <message>
        <source>Number {place} of {room}: {why}.</source>
        <translation>排在第 {place} 位，上限 {room}：{why}。</translation>
    </message>
    <message>
        <source>The plan streams {room} codes in all; none of them is of this market.</source>
        <translation>套餐总共只推送 {room} 个代码，其中没有该市场的代码。</translation>
    </message>
    <message>
        <source>The plan has 1 connection, and this market needs another one.</source>
        <translation>套餐只有 1 个连接，该市场还需要一个。</translation>
    </message>
    <message>
        <source>The plan has {n} connections, and this market needs another one.</source>
        <translation>套餐只有 {n} 个连接，该市场还需要一个。</translation>
    </message>
    <message>
        <source>{vendor} refuses calls with this token. What is streamed still comes, but once the connection ends it may not come back. Enter a valid token in the settings.</source>
        <translation>{vendor} 拒绝此 token 的查询。已订阅的行情仍在推送，但连接断开后可能无法恢复。请在设置中输入有效的 token。</translation>
    </message>
    <message>
        <source>The vendor refused a list for one of its codes; the desk is finding out which, with the rows in sight first.</source>
        <translation>数据源因其中某个代码拒绝了整个列表，程序正在查明是哪个代码，优先处理可见的行。</translation>
    </message>
</context>
<context>
    <name>Formulas</name>
    <message>
        <source>last − previous close = {last} − {close}</source>
        <translation>最新价 − 前收盘价 = {last} − {close}</translation>
    </message>
    <message>
        <source>100 × (last − previous close) / previous close = 100 × ({last} − {close}) / {close}</source>
        <translation>100 ×（最新价 − 前收盘价）/ 前收盘价 = 100 × ({last} − {close}) / {close}</translation>
    </message>
    <message>
        <source>ask − bid = {ask} − {bid}</source>
        <translation>卖价 − 买价 = {ask} − {bid}</translation>
    </message>
    <message>
        <source>10000 × (ask − bid) / middle, of {ask} and {bid}</source>
        <translation>10000 ×（卖价 − 买价）/ 中间价，卖价 {ask}，买价 {bid}</translation>
    </message>
    <message>
        <source>100 × (high − low) / previous close = 100 × ({high} − {low}) / {close}</source>
        <translation>100 ×（最高 − 最低）/ 前收盘价 = 100 × ({high} − {low}) / {close}</translation>
    </message>
    <message>
        <source>100 × (last − low) / (high − low), with low {low}, last {last}, high {high}</source>
        <translation>100 ×（最新价 − 最低）/（最高 − 最低），最低 {low}，最新价 {last}，最高 {high}</translation>
    </message>
    <message>
        <source>100 × (last − base) / base = 100 × ({last} − {base}) / {base}</source>
        <translation>100 ×（最新价 − 基准价）/ 基准价 = 100 × ({last} − {base}) / {base}</translation>
    </message>
    <message>
        <source>now − the arrival of the last message for the row</source>
        <translation>当前时间 − 该行最近一条消息的到达时间</translation>
    </message>
    <message>
        <source>last × all shares = {last} × {shares}</source>
        <translation>最新价 × 总股本 = {last} × {shares}</translation>
    </message>
    <message>
        <source>last / earnings a share = {last} / {share}</source>
        <translation>最新价 / 每股收益 = {last} / {share}</translation>
    </message>
    <message>
        <source>last / book value a share = {last} / {share}</source>
        <translation>最新价 / 每股净资产 = {last} / {share}</translation>
    </message>
</context>
<context>
    <name>Hours</name>
    <message>
        <source>Open</source>
        <translation>交易中</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>休市</translation>
    </message>
    <message>
        <source>Lunch break</source>
        <translation>午间休市</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>休市</translation>
    </message>
    <message>
        <source>Holiday</source>
        <translation>假日休市</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>it is too large for a list of products</source>
        <translation>文件过大，不像产品列表</translation>
    </message>
    <message>
        <source>it has no rows</source>
        <translation>文件中没有数据行</translation>
    </message>
    <message>
        <source>it is neither a text file nor a workbook</source>
        <translation>既不是文本文件，也不是工作簿</translation>
    </message>
    <message>
        <source>its rows cannot be told apart</source>
        <translation>无法分辨各行</translation>
    </message>
    <message>
        <source>it is locked with a password</source>
        <translation>文件受密码保护</translation>
    </message>
    <message>
        <source>it is damaged, or no workbook</source>
        <translation>文件已损坏，或不是工作簿</translation>
    </message>
    <message>
        <source>The product list {file} cannot be imported: {why}. Nothing was changed.</source>
        <translation>无法导入产品列表 {file}：{why}。未作任何更改。</translation>
    </message>
    <message>
        <source>Import product list</source>
        <translation>导入产品列表</translation>
    </message>
    <message>
        <source>Product lists ({endings})</source>
        <translation>产品列表 ({endings})</translation>
    </message>
    <message>
        <source>All files ({endings})</source>
        <translation>所有文件 ({endings})</translation>
    </message>
    <message>
        <source>{count} instruments of {list} can be found now.</source>
        <translation>{list} 中的 {count} 个品种现可搜索。</translation>
    </message>
    <message>
        <source>The list stays.</source>
        <translation>该列表保留。</translation>
    </message>
    <message>
        <source>The product list {list} was removed.</source>
        <translation>已删除产品列表 {list}。</translation>
    </message>
    <message>
        <source>The product list {list} is back.</source>
        <translation>已恢复产品列表 {list}。</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Codes of</source>
        <translation>适用数据源</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Any vendor</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>File:</source>
        <translation>文件：</translation>
    </message>
    <message>
        <source>Codes of:</source>
        <translation>适用数据源：</translation>
    </message>
    <message>
        <source>Sheet:</source>
        <translation>工作表：</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>英文名</translation>
    </message>
    <message>
        <source>Chinese name</source>
        <translation>中文名</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>The first lines as they are read</source>
        <translation>前几行的识别结果</translation>
    </message>
    <message>
        <source>The lines are being counted…</source>
        <translation>行数统计中…</translation>
    </message>
    <message>
        <source>Choose the column that has the codes.</source>
        <translation>请选择代码所在的列。</translation>
    </message>
    <message>
        <source>Code:</source>
        <translation>代码：</translation>
    </message>
    <message>
        <source>English name:</source>
        <translation>英文名：</translation>
    </message>
    <message>
        <source>Chinese name:</source>
        <translation>中文名：</translation>
    </message>
    <message>
        <source>Traditional Chinese:</source>
        <translation>繁体中文名：</translation>
    </message>
    <message>
        <source>Market of each line:</source>
        <translation>各行市场：</translation>
    </message>
    <message>
        <source>Import this sheet</source>
        <translation>导入此工作表</translation>
    </message>
    <message>
        <source>First line with an instrument</source>
        <translation>首个品种所在行</translation>
    </message>
    <message>
        <source>Market:</source>
        <translation>市场：</translation>
    </message>
    <message>
        <source>First line:</source>
        <translation>起始行：</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Product lists</source>
        <translation>产品列表</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Instruments</source>
        <translation>品种数</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>导入时间</translation>
    </message>
    <message>
        <source>{list} (removed)</source>
        <translation>{list}（已删除）</translation>
    </message>
    <message>
        <source>What these lists have can be found by code and name when a symbol is added.</source>
        <translation>添加自选时，可按代码和名称搜索这些列表中的品种。</translation>
    </message>
    <message>
        <source>No product list was imported yet. The vendors offer them as workbooks; so their instruments can be found by name.</source>
        <translation>尚未导入产品列表。数据源以工作簿形式提供产品列表，导入后即可按名称搜索其品种。</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>other name</source>
        <translation>名称不同</translation>
    </message>
    <message>
        <source>known</source>
        <translation>已有</translation>
    </message>
    <message>
        <source>duplicate, left out</source>
        <translation>重复，不导入</translation>
    </message>
    <message>
        <source>no code, left out</source>
        <translation>无代码，不导入</translation>
    </message>
    <message>
        <source>{whole} instruments: {new} new, {changed} with other names than now, {known} known.</source>
        <translation>共 {whole} 个品种：新增 {new}，名称不同 {changed}，已有 {known}。</translation>
    </message>
    <message>
        <source>Left out as duplicates: {count}.</source>
        <translation>因重复未导入：{count}。</translation>
    </message>
    <message>
        <source>Left out without a readable code: {count} (line {lines}).</source>
        <translation>因代码无法识别未导入：{count}（第 {lines} 行）。</translation>
    </message>
    <message>
        <source>Left out without a readable code: {count} (lines {lines}).</source>
        <translation>因代码无法识别未导入：{count}（第 {lines} 行）。</translation>
    </message>
</context>
<context>
    <name>Indicators</name>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>收盘价</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开盘价</translation>
    </message>
    <message>
        <source>High</source>
        <translation>最高价</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>最低价</translation>
    </message>
    <message>
        <source>Middle of high and low</source>
        <translation>高低均价</translation>
    </message>
    <message>
        <source>Mean of high, low and close</source>
        <translation>高低收均价</translation>
    </message>
    <message>
        <source>Mean of open, high, low and close</source>
        <translation>开高低收均价</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Moving average</source>
        <translation>移动平均线</translation>
    </message>
    <message>
        <source>Exponential moving average</source>
        <translation>指数移动平均线</translation>
    </message>
    <message>
        <source>Bollinger bands</source>
        <translation>布林线</translation>
    </message>
    <message>
        <source>Upper</source>
        <translation>上轨</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中轨</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>下轨</translation>
    </message>
    <message>
        <source>Standard deviations</source>
        <translation>标准差倍数</translation>
    </message>
    <message>
        <source>Volume-weighted average price of the day</source>
        <translation>当日成交量加权均价</translation>
    </message>
    <message>
        <source>Parabolic stop and reverse</source>
        <translation>抛物线转向指标</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>极限值</translation>
    </message>
    <message>
        <source>Ichimoku cloud</source>
        <translation>一目均衡表</translation>
    </message>
    <message>
        <source>Conversion</source>
        <translation>转换线</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基准线</translation>
    </message>
    <message>
        <source>Span A</source>
        <translation>先行带 A</translation>
    </message>
    <message>
        <source>Span B</source>
        <translation>先行带 B</translation>
    </message>
    <message>
        <source>Lagging</source>
        <translation>迟行带</translation>
    </message>
    <message>
        <source>Displacement</source>
        <translation>位移</translation>
    </message>
    <message>
        <source>Moving average of the volume</source>
        <translation>成交量均线</translation>
    </message>
    <message>
        <source>Moving average convergence and divergence</source>
        <translation>指数平滑异同移动平均线</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>短周期</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>长周期</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>信号周期</translation>
    </message>
    <message>
        <source>Relative strength index</source>
        <translation>相对强弱指标</translation>
    </message>
    <message>
        <source>Stochastic K, D and J</source>
        <translation>随机指标</translation>
    </message>
    <message>
        <source>Smoothing of K</source>
        <translation>K 值平滑</translation>
    </message>
    <message>
        <source>Smoothing of D</source>
        <translation>D 值平滑</translation>
    </message>
    <message>
        <source>Average true range</source>
        <translation>平均真实波幅</translation>
    </message>
    <message>
        <source>On-balance volume</source>
        <translation>能量潮</translation>
    </message>
    <message>
        <source>Commodity channel index</source>
        <translation>顺势指标</translation>
    </message>
    <message>
        <source>Williams %R</source>
        <translation>威廉指标</translation>
    </message>
    <message>
        <source>This indicator is computed by TA-Lib, which is not installed. The others work without it. To install it, close the desk and type: {command}</source>
        <translation>此指标由 TA-Lib 计算，而 TA-Lib 尚未安装。其他指标不受影响。如需安装，请关闭程序并输入：{command}</translation>
    </message>
    <message>
        <source>This indicator needs TA-Lib 0.8.1 or newer, and {version} is installed. The others work without it. To bring it up to date, close the desk and type: {command}</source>
        <translation>此指标需要 TA-Lib 0.8.1 或更新版本，已安装的是 {version}。其他指标不受影响。如需升级，请关闭程序并输入：{command}</translation>
    </message>
    <message>
        <source>“{name}” of {indicator} must be one of {choices}.</source>
        <translation>{indicator} 的“{name}”须为以下之一：{choices}。</translation>
    </message>
    <message>
        <source>“{name}” of {indicator} must be a whole number from {least} to {most}.</source>
        <translation>{indicator} 的“{name}”须为 {least} 至 {most} 的整数。</translation>
    </message>
    <message>
        <source>“{name}” of {indicator} must be a number from {least} to {most}.</source>
        <translation>{indicator} 的“{name}”须为 {least} 至 {most} 的数值。</translation>
    </message>
    <message>
        <source>“{first}” of {indicator} must not exceed “{second}”.</source>
        <translation>{indicator} 的“{first}”不得大于“{second}”。</translation>
    </message>
    <message>
        <source>This is not a template of indicators, so nothing was taken from it. Choose one that the desk has saved.</source>
        <translation>这不是指标模板，未读入任何内容。请选择由程序保存的模板。</translation>
    </message>
    <message>
        <source>A template needs a name of up to {most} characters.</source>
        <translation>模板须有名称，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>The colour of “{line}” of {indicator} must be one of the palette&apos;s {count}, or be written as #rrggbb.</source>
        <translation>{indicator} 的“{line}”的颜色须为调色板的 {count} 种颜色之一，或写成 #rrggbb。</translation>
    </message>
    <message>
        <source>{indicator} cannot be drawn in the pane “{pane}”.</source>
        <translation>{indicator} 不能画在窗格“{pane}”中。</translation>
    </message>
    <message>
        <source>Entry {number} of the template names no indicator.</source>
        <translation>模板第 {number} 项没有指明指标。</translation>
    </message>
    <message>
        <source>The field “{field}” of entry {number} of the template, {indicator}, cannot be read.</source>
        <translation>模板第 {number} 项（{indicator}）的字段“{field}”无法识别。</translation>
    </message>
    <message>
        <source>This indicator belongs to another version of the desk, so it is kept but not drawn.</source>
        <translation>此指标属于其他版本的程序，因此只保留，不绘制。</translation>
    </message>
    <message>
        <source>The indicators of last time could not be read, so the chart begins without them.</source>
        <translation>上次使用的指标无法识别，图表未恢复这些指标。</translation>
    </message>
    <message>
        <source>The vendor gives no volume for this instrument, so there is nothing to draw.</source>
        <translation>数据源不提供该品种的成交量，因此无法绘制。</translation>
    </message>
    <message>
        <source>It begins anew every day, so it is drawn only where a bar is shorter than a day.</source>
        <translation>此指标每日重新计算，仅在周期短于一天时绘制。</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Turquoise</source>
        <translation>青绿色</translation>
    </message>
    <message>
        <source>Rose</source>
        <translation>玫瑰色</translation>
    </message>
    <message>
        <source>Ochre</source>
        <translation>赭色</translation>
    </message>
    <message>
        <source>Indigo</source>
        <translation>靛蓝色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>棕色</translation>
    </message>
    <message>
        <source>(hidden)</source>
        <translation>（已隐藏）</translation>
    </message>
    <message>
        <source>There is already a template “{name}”.</source>
        <translation>已有模板“{name}”。</translation>
    </message>
    <message>
        <source>Template {number} in {file} was left out.</source>
        <translation>{file} 中的第 {number} 个模板未采用。</translation>
    </message>
    <message>
        <source>Indicators on the chart</source>
        <translation>图表中的指标</translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Indicators ({key})</source>
        <translation>指标（{key}）</translation>
    </message>
    <message>
        <source>Indicators…</source>
        <translation>指标…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Back to usual</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>&amp;Add:</source>
        <translation>添加(&amp;A)：</translation>
    </message>
    <message>
        <source>On the &amp;chart:</source>
        <translation>图表中(&amp;C)：</translation>
    </message>
    <message>
        <source>There are no more than eight panes that indicators can share, and all of them are in use. Move one of the others first.</source>
        <translation>指标可共用的窗格最多 8 个，现已全部占用。请先移走其中一个指标。</translation>
    </message>
    <message>
        <source>Settings of the indicator</source>
        <translation>指标设置</translation>
    </message>
    <message>
        <source>Choose an indicator from the list to change its looks.</source>
        <translation>从列表中选择一个指标，即可修改其样式。</translation>
    </message>
    <message>
        <source>Colour of {line}</source>
        <translation>{line} 颜色</translation>
    </message>
    <message>
        <source>Pane</source>
        <translation>窗格</translation>
    </message>
    <message>
        <source>Over the price</source>
        <translation>主图</translation>
    </message>
    <message>
        <source>Over the volume</source>
        <translation>成交量图</translation>
    </message>
    <message>
        <source>A pane of its own</source>
        <translation>独立窗格</translation>
    </message>
    <message>
        <source>Together with {indicator}</source>
        <translation>与 {indicator} 同一窗格</translation>
    </message>
    <message>
        <source>From {least} to {most}, usually {default}</source>
        <translation>{least} 至 {most}，默认 {default}</translation>
    </message>
    <message>
        <source>Hide {indicator}</source>
        <translation>隐藏 {indicator}</translation>
    </message>
    <message>
        <source>Show {indicator}</source>
        <translation>显示 {indicator}</translation>
    </message>
    <message>
        <source>Edit {indicator}…</source>
        <translation>编辑 {indicator}…</translation>
    </message>
    <message>
        <source>Remove {indicator}</source>
        <translation>删除 {indicator}</translation>
    </message>
    <message>
        <source>Beneath the price</source>
        <translation>副图</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search indicators</source>
        <translation>搜索指标</translation>
    </message>
    <message>
        <source>Indicators that can be added</source>
        <translation>可添加的指标</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Rise and fall</source>
        <translation>涨跌色</translation>
    </message>
    <message>
        <source>Colour of {line}: {colour}</source>
        <translation>{line} 颜色：{colour}</translation>
    </message>
    <message>
        <source>Other colour…</source>
        <translation>其他颜色…</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>None saved yet</source>
        <translation>尚无模板</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>载入</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More to do with the template</source>
        <translation>更多模板操作</translation>
    </message>
    <message>
        <source>&amp;Template:</source>
        <translation>模板(&amp;T)：</translation>
    </message>
    <message>
        <source>There is no indicator on the chart to save. Add one first.</source>
        <translation>图表上没有可保存的指标，请先添加。</translation>
    </message>
    <message>
        <source>{name} (for new charts)</source>
        <translation>{name}（新图表默认）</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Begin new charts with it</source>
        <translation>设为新图表的默认模板</translation>
    </message>
    <message>
        <source>Of this template {names} belong to another version of the desk.</source>
        <translation>此模板中的 {names} 属于其他版本的程序。</translation>
    </message>
    <message>
        <source>Save as template</source>
        <translation>另存为模板</translation>
    </message>
    <message>
        <source>Name; a template of this name is replaced:</source>
        <translation>名称（同名模板将被替换）：</translation>
    </message>
    <message>
        <source>Rename template</source>
        <translation>重命名模板</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>Delete template</source>
        <translation>删除模板</translation>
    </message>
    <message>
        <source>Delete the template “{name}”? What is on the chart stays.</source>
        <translation>删除模板“{name}”？图表中的指标不受影响。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Find a key or what it does</source>
        <translation>查找按键或功能</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
</context>
<context>
    <name>Limits</name>
    <message>
        <source>{limit}, {unit}</source>
        <translation>{limit}，{unit}</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>次</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>All calls together</source>
        <translation>全部接口合计</translation>
    </message>
    <message>
        <source>Candles (kline)</source>
        <translation>K线（kline）</translation>
    </message>
    <message>
        <source>Newest candles (batch-kline)</source>
        <translation>最新K线（batch-kline）</translation>
    </message>
    <message>
        <source>Last trades (trade-tick)</source>
        <translation>最新成交（trade-tick）</translation>
    </message>
    <message>
        <source>Order books (depth-tick)</source>
        <translation>盘口（depth-tick）</translation>
    </message>
    <message>
        <source>Facts of a stock (static_info)</source>
        <translation>股票基础信息（static_info）</translation>
    </message>
    <message>
        <source>Suspension lists (suspension)</source>
        <translation>停牌列表（suspension）</translation>
    </message>
    <message>
        <source>codes</source>
        <translation>个</translation>
    </message>
    <message>
        <source>All calls in a day</source>
        <translation>每日请求总数</translation>
    </message>
    <message>
        <source>Codes in one call</source>
        <translation>每次请求的代码数</translation>
    </message>
    <message>
        <source>Candle sets in one batch call</source>
        <translation>单次批量请求的K线组数</translation>
    </message>
    <message>
        <source>sets</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Candles in one call</source>
        <translation>每次请求的K线数</translation>
    </message>
    <message>
        <source>candles</source>
        <translation>根</translation>
    </message>
    <message>
        <source>Connections of one family</source>
        <translation>每类品种的连接数</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>个</translation>
    </message>
    <message>
        <source>Connections of all families together</source>
        <translation>各类品种的连接总数</translation>
    </message>
    <message>
        <source>Codes in one subscription</source>
        <translation>每次订阅的代码数</translation>
    </message>
    <message>
        <source>Codes on all connections together</source>
        <translation>全部连接的代码总数</translation>
    </message>
    <message>
        <source>Between two requests on a connection</source>
        <translation>同一连接两次请求的间隔</translation>
    </message>
    <message>
        <source>Between requests on two connections</source>
        <translation>不同连接两次请求的间隔</translation>
    </message>
    <message>
        <source>Before a connection is opened again</source>
        <translation>重连前的等待</translation>
    </message>
    <message>
        <source>The limit “{label}” ({id}) must lie between {low} and {high} {unit}.</source>
        <translation>限制“{label}”（{id}）须在 {low} 至 {high} {unit}之间。</translation>
    </message>
    <message>
        <source>The limit “{label}” ({id}) must be a whole number.</source>
        <translation>限制“{label}”（{id}）须为整数。</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>“{text}” is taken for {code}.</source>
        <translation>“{text}”识别为 {code}。</translation>
    </message>
    <message>
        <source>The catalogue does not have it, the vendor will tell.</source>
        <translation>目录中没有，以数据源为准。</translation>
    </message>
    <message>
        <source>Line {n} has it already.</source>
        <translation>第 {n} 行已有。</translation>
    </message>
    <message>
        <source>The list has it already.</source>
        <translation>列表中已有。</translation>
    </message>
    <message>
        <source>the alias</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>the note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>the pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>the section</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}、{second}</translation>
    </message>
    <message>
        <source>Not taken: {what}.</source>
        <translation>未采用：{what}。</translation>
    </message>
    <message>
        <source>import {n} rows</source>
        <translation>导入 {n} 行</translation>
    </message>
    <message>
        <source>The exchange {name} is not known here.</source>
        <translation>未知的交易所 {name}。</translation>
    </message>
    <message>
        <source>No instrument of the catalogue is called so.</source>
        <translation>目录中没有此名称的品种。</translation>
    </message>
    <message>
        <source>This is no code.</source>
        <translation>不是代码。</translation>
    </message>
    <message>
        <source>A number alone: add its market, as in 700.HK.</source>
        <translation>只有数字，请加上市场，如 700.HK。</translation>
    </message>
    <message>
        <source>Several instruments are called so: {codes} and {n} more. Write the code of the one that is meant.</source>
        <translation>有多个品种使用此名称：{codes} 等，另有 {n} 个。请填写所需品种的代码。</translation>
    </message>
    <message>
        <source>Several instruments are called so: {codes}. Write the code of the one that is meant.</source>
        <translation>有多个品种使用此名称：{codes}。请填写所需品种的代码。</translation>
    </message>
    <message>
        <source>The vendor “{name}” is not known, {title} is taken.</source>
        <translation>未知的数据源“{name}”，改用 {title}。</translation>
    </message>
    <message>
        <source>add {code}</source>
        <translation>添加 {code}</translation>
    </message>
    <message>
        <source>add {n} rows</source>
        <translation>添加 {n} 行</translation>
    </message>
    <message>
        <source>remove {code}</source>
        <translation>删除 {code}</translation>
    </message>
    <message>
        <source>remove {n} rows</source>
        <translation>删除 {n} 行</translation>
    </message>
    <message>
        <source>move {code}</source>
        <translation>移动 {code}</translation>
    </message>
    <message>
        <source>move {n} rows</source>
        <translation>移动 {n} 行</translation>
    </message>
    <message>
        <source>copy {code}</source>
        <translation>复制 {code}</translation>
    </message>
    <message>
        <source>copy {n} rows</source>
        <translation>复制 {n} 行</translation>
    </message>
    <message>
        <source>pin {code}</source>
        <translation>固定 {code}</translation>
    </message>
    <message>
        <source>pin {n} rows</source>
        <translation>固定 {n} 行</translation>
    </message>
    <message>
        <source>unpin {code}</source>
        <translation>取消固定 {code}</translation>
    </message>
    <message>
        <source>unpin {n} rows</source>
        <translation>取消固定 {n} 行</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>撤销：{what}</translation>
    </message>
    <message>
        <source>Redo: {what}</source>
        <translation>重做：{what}</translation>
    </message>
    <message>
        <source>add the list “{name}”</source>
        <translation>新建列表“{name}”</translation>
    </message>
    <message>
        <source>rename the list “{name}”</source>
        <translation>重命名列表“{name}”</translation>
    </message>
    <message>
        <source>duplicate the list “{name}”</source>
        <translation>创建列表“{name}”的副本</translation>
    </message>
    <message>
        <source>delete the list “{name}”</source>
        <translation>删除列表“{name}”</translation>
    </message>
    <message>
        <source>move the list “{name}”</source>
        <translation>移动列表“{name}”</translation>
    </message>
    <message>
        <source>restore a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>add the section “{name}”</source>
        <translation>新建分组“{name}”</translation>
    </message>
    <message>
        <source>name the section “{name}”</source>
        <translation>将分组命名为“{name}”</translation>
    </message>
    <message>
        <source>delete the section “{name}”</source>
        <translation>删除分组“{name}”</translation>
    </message>
    <message>
        <source>move the section “{name}”</source>
        <translation>移动分组“{name}”</translation>
    </message>
    <message>
        <source>rename {code}</source>
        <translation>修改 {code} 的别名</translation>
    </message>
    <message>
        <source>the note on {code}</source>
        <translation>修改 {code} 的备注</translation>
    </message>
    <message>
        <source>New list</source>
        <translation>新建列表</translation>
    </message>
    <message>
        <source>Make a new list and name it.</source>
        <translation>新建一个列表并命名。</translation>
    </message>
    <message>
        <source>Next list</source>
        <translation>下一列表</translation>
    </message>
    <message>
        <source>Show the list to the right.</source>
        <translation>显示右侧的列表。</translation>
    </message>
    <message>
        <source>Previous list</source>
        <translation>上一列表</translation>
    </message>
    <message>
        <source>Show the list to the left.</source>
        <translation>显示左侧的列表。</translation>
    </message>
    <message>
        <source>Move list right</source>
        <translation>列表右移</translation>
    </message>
    <message>
        <source>Move the list&apos;s tab one place to the right.</source>
        <translation>将列表标签右移一位。</translation>
    </message>
    <message>
        <source>Move list left</source>
        <translation>列表左移</translation>
    </message>
    <message>
        <source>Move the list&apos;s tab one place to the left.</source>
        <translation>将列表标签左移一位。</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Add the codes on the clipboard below the selected row; what is not plain is shown first.</source>
        <translation>将剪贴板中的代码添加到所选行下方，有疑问的会先显示。</translation>
    </message>
    <message>
        <source>Import list…</source>
        <translation>导入列表…</translation>
    </message>
    <message>
        <source>Show what a file of codes would add, and add it.</source>
        <translation>预览代码文件将添加的内容，再行添加。</translation>
    </message>
    <message>
        <source>Export list…</source>
        <translation>导出列表…</translation>
    </message>
    <message>
        <source>Write the list into a file.</source>
        <translation>将列表写入文件。</translation>
    </message>
    <message>
        <source>Export all lists…</source>
        <translation>导出全部列表…</translation>
    </message>
    <message>
        <source>Write all lists into a file.</source>
        <translation>将全部列表写入文件。</translation>
    </message>
    <message>
        <source>Restore lists from a backup…</source>
        <translation>从备份恢复列表…</translation>
    </message>
    <message>
        <source>Bring all lists back as they were at an earlier time.</source>
        <translation>将全部列表恢复到先前的状态。</translation>
    </message>
    <message>
        <source>New section</source>
        <translation>新建分组</translation>
    </message>
    <message>
        <source>Put the selected rows under a heading of their own.</source>
        <translation>将所选行归入新的分组。</translation>
    </message>
    <message>
        <source>Rename section</source>
        <translation>重命名分组</translation>
    </message>
    <message>
        <source>Write another name on the heading. Key: F2.</source>
        <translation>修改分组名称，快捷键：F2。</translation>
    </message>
    <message>
        <source>Delete heading</source>
        <translation>删除分组标题</translation>
    </message>
    <message>
        <source>Take the heading away; its rows join the section above. Key: Del.</source>
        <translation>删除标题，其中的行并入上一分组，快捷键：Del。</translation>
    </message>
    <message>
        <source>Delete section with its rows</source>
        <translation>删除分组及其中的行</translation>
    </message>
    <message>
        <source>Take the heading and its rows away.</source>
        <translation>删除分组标题及其中的行。</translation>
    </message>
    <message>
        <source>Fold all sections</source>
        <translation>折叠全部分组</translation>
    </message>
    <message>
        <source>Show the headings only.</source>
        <translation>只显示分组标题。</translation>
    </message>
    <message>
        <source>Unfold all sections</source>
        <translation>展开全部分组</translation>
    </message>
    <message>
        <source>Show the rows of all sections.</source>
        <translation>显示全部分组中的行。</translation>
    </message>
    <message>
        <source>Move to list</source>
        <translation>移至列表</translation>
    </message>
    <message>
        <source>Copy to list</source>
        <translation>复制到列表</translation>
    </message>
    <message>
        <source>Move to section</source>
        <translation>移至分组</translation>
    </message>
    <message>
        <source>Move section to list</source>
        <translation>将分组移至列表</translation>
    </message>
    <message>
        <source>Copy section to list</source>
        <translation>将分组复制到列表</translation>
    </message>
    <message>
        <source>Backups of the lists</source>
        <translation>列表备份</translation>
    </message>
    <message>
        <source>The backups are being read…</source>
        <translation>备份读取中…</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restoring replaces all lists by those of the backup. Undo (Ctrl+Z) brings the lists of now back.</source>
        <translation>恢复会以备份替换全部列表，可撤销（Ctrl+Z）回到现在的列表。</translation>
    </message>
    <message>
        <source>There are no backups yet. The desk makes one before it saves changed lists, at most every ten minutes and before a list is deleted.</source>
        <translation>尚无备份。程序在保存列表更改之前备份，至多每十分钟一次，删除列表之前也会备份。</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>备份时间</translation>
    </message>
    <message>
        <source>Lists (rows)</source>
        <translation>列表（行数）</translation>
    </message>
    <message>
        <source>{name} ({n})</source>
        <translation>{name}（{n}）</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>New list…</source>
        <translation>新建列表…</translation>
    </message>
    <message>
        <source>Above all headings</source>
        <translation>未分组</translation>
    </message>
    <message>
        <source>Watchlists</source>
        <translation>自选列表</translation>
    </message>
    <message>
        <source>List {n}</source>
        <translation>自选 {n}</translation>
    </message>
    <message>
        <source>copy the section “{name}”</source>
        <translation>复制分组“{name}”</translation>
    </message>
    <message>
        <source>Export lists</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>Table with commas (*.csv)</source>
        <translation>逗号分隔表格 (*.csv)</translation>
    </message>
    <message>
        <source>Table with tabs (*.tsv)</source>
        <translation>制表符分隔表格 (*.tsv)</translation>
    </message>
    <message>
        <source>Codes, one a line (*.txt)</source>
        <translation>代码，每行一个 (*.txt)</translation>
    </message>
    <message>
        <source>There is a file {path} already, so nothing was written. Choose another name.</source>
        <translation>文件 {path} 已存在，未写入。请使用其他文件名。</translation>
    </message>
    <message>
        <source>Import into a list</source>
        <translation>导入到列表</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>粘贴内容</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>粘贴的文本</translation>
    </message>
    <message>
        <source>What happens, line by line</source>
        <translation>逐行处理结果</translation>
    </message>
    <message>
        <source>The text is being read…</source>
        <translation>文本读取中…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>{verdict}: {n}</source>
        <translation>{verdict}：{n}</translation>
    </message>
    <message>
        <source>The new list needs a name.</source>
        <translation>新列表须有名称。</translation>
    </message>
    <message>
        <source>There are no codes in it.</source>
        <translation>其中没有代码。</translation>
    </message>
    <message>
        <source>No rows would be added.</source>
        <translation>没有可添加的行。</translation>
    </message>
    <message>
        <source>Rows to add: {n}, into the lists that the text names.</source>
        <translation>将添加 {n} 行，归入文本所指明的列表。</translation>
    </message>
    <message>
        <source>Rows to add: {n}, into “{name}”.</source>
        <translation>将添加 {n} 行到“{name}”。</translation>
    </message>
    <message>
        <source>Into the list</source>
        <translation>导入到</translation>
    </message>
    <message>
        <source>A new list</source>
        <translation>新列表</translation>
    </message>
    <message>
        <source>Name of the new list</source>
        <translation>新列表名称</translation>
    </message>
    <message>
        <source>Codes without a vendor</source>
        <translation>未注明数据源的代码</translation>
    </message>
    <message>
        <source>Rows that name a list go into that list</source>
        <translation>指明列表的行归入该列表</translation>
    </message>
    <message>
        <source>Into the list:</source>
        <translation>导入到：</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>Codes without a vendor:</source>
        <translation>未注明数据源的代码：</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>As written</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>List / section</source>
        <translation>列表 / 分组</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Mended</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>已有</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法识别</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>These are added as they are written.</source>
        <translation>按原文添加。</translation>
    </message>
    <message>
        <source>These are added in the desk&apos;s spelling.</source>
        <translation>按程序的写法添加。</translation>
    </message>
    <message>
        <source>The catalogue does not have these. They are added, and the vendor will tell.</source>
        <translation>目录中没有，仍会添加，以数据源为准。</translation>
    </message>
    <message>
        <source>These stay as they are in the list.</source>
        <translation>列表中已有，保持不变。</translation>
    </message>
    <message>
        <source>These can be read as no code and are left out; the remark says why.</source>
        <translation>无法识别为代码，不导入，原因见备注。</translation>
    </message>
    <message>
        <source>These name lists and sections.</source>
        <translation>列表和分组的名称。</translation>
    </message>
    <message>
        <source>commas</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>semicolons</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>tabs</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>Chinese commas</source>
        <translation>中文逗号</translation>
    </message>
    <message>
        <source>Chinese semicolons</source>
        <translation>中文分号</translation>
    </message>
    <message>
        <source>Chinese enumeration commas</source>
        <translation>顿号</translation>
    </message>
    <message>
        <source>a table with {marks} between its columns</source>
        <translation>以{marks}分隔的表格</translation>
    </message>
    <message>
        <source>codes alone</source>
        <translation>纯代码</translation>
    </message>
    <message>
        <source>Read as {kind}.</source>
        <translation>识别为{kind}。</translation>
    </message>
    <message>
        <source>Read as {kind}, in {encoding}.</source>
        <translation>识别为{kind}，编码 {encoding}。</translation>
    </message>
    <message>
        <source>Lists ({endings})</source>
        <translation>列表 ({endings})</translation>
    </message>
    <message>
        <source>All files ({endings})</source>
        <translation>所有文件 ({endings})</translation>
    </message>
    <message>
        <source>The file {file} is too large to be a list.</source>
        <translation>文件 {file} 过大，不像列表。</translation>
    </message>
    <message>
        <source>The file {file} cannot be read: {why}.</source>
        <translation>无法读取文件 {file}：{why}。</translation>
    </message>
    <message>
        <source>Section {n}</source>
        <translation>分组 {n}</translation>
    </message>
    <message>
        <source>Name of the new section</source>
        <translation>新分组名称</translation>
    </message>
    <message>
        <source>Name of the section</source>
        <translation>分组名称</translation>
    </message>
    <message>
        <source>The list “{name}” is deleted.</source>
        <translation>已删除列表“{name}”。</translation>
    </message>
    <message>
        <source>The section “{name}” is deleted with its rows ({n}).</source>
        <translation>已删除分组“{name}”及其中的 {n} 行。</translation>
    </message>
    <message>
        <source>The heading “{name}” is deleted, its rows stay.</source>
        <translation>已删除分组标题“{name}”，其中的行保留。</translation>
    </message>
    <message>
        <source>“{name}” stands below the rows without a section: they are always above the first heading.</source>
        <translation>“{name}”位于未分组的行之后：未分组的行始终在第一个分组标题之上。</translation>
    </message>
    <message>
        <source>{codes} copied to “{name}”.</source>
        <translation>已将 {codes} 复制到“{name}”。</translation>
    </message>
    <message>
        <source>{codes} moved to “{name}”.</source>
        <translation>已将 {codes} 移至“{name}”。</translation>
    </message>
    <message>
        <source>In “{name}” already: {codes}.</source>
        <translation>“{name}”中已有：{codes}。</translation>
    </message>
    <message>
        <source>In “{name}” already, so only taken out here: {codes}.</source>
        <translation>“{name}”中已有，仅从此处移出：{codes}。</translation>
    </message>
    <message>
        <source>The list “{name}” has all of them already.</source>
        <translation>列表“{name}”中已全部包含。</translation>
    </message>
    <message>
        <source>The list has all of them already; nothing was added.</source>
        <translation>列表中已全部包含，未添加。</translation>
    </message>
    <message>
        <source>Rows added: {n}; in the list already: {m}.</source>
        <translation>已添加 {n} 行，列表中已有 {m} 行。</translation>
    </message>
    <message>
        <source>Rows added: {n}.</source>
        <translation>已添加 {n} 行。</translation>
    </message>
    <message>
        <source>Rows imported: {n}.</source>
        <translation>已导入 {n} 行。</translation>
    </message>
    <message>
        <source>The list is written into {path}, with its rows ({m}).</source>
        <translation>已将列表写入 {path}，共 {m} 行。</translation>
    </message>
    <message>
        <source>The lists ({n}) are written into {path}, with their rows ({m}).</source>
        <translation>已将 {n} 个列表写入 {path}，共 {m} 行。</translation>
    </message>
    <message>
        <source>The lists of {when} are back.</source>
        <translation>已恢复 {when} 的列表。</translation>
    </message>
    <message>
        <source>The lists of {when} are those of now; nothing was changed.</source>
        <translation>{when} 的列表与当前相同，未作更改。</translation>
    </message>
    <message>
        <source>Codes on the clipboard: {n}.</source>
        <translation>已复制 {n} 个代码到剪贴板。</translation>
    </message>
    <message>
        <source>The file {path} cannot be written: {why}. The lists stay as they are.</source>
        <translation>无法写入文件 {path}：{why}。列表保持不变。</translation>
    </message>
    <message>
        <source>There are no codes in what was pasted.</source>
        <translation>粘贴的内容中没有代码。</translation>
    </message>
    <message>
        <source>{n} rows</source>
        <translation>{n} 行</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>列表名称</translation>
    </message>
    <message>
        <source>{name}, rows: {n}</source>
        <translation>{name}，{n} 行</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Copy codes as text</source>
        <translation>复制代码文本</translation>
    </message>
    <message>
        <source>Make a new list.</source>
        <translation>新建列表。</translation>
    </message>
    <message>
        <source>All lists</source>
        <translation>全部列表</translation>
    </message>
    <message>
        <source>All lists, and what can be done with them.</source>
        <translation>全部列表及相关操作。</translation>
    </message>
    <message>
        <source>The watchlists are saved now.</source>
        <translation>自选列表现已保存。</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Choose another one where names or notes are not legible.</source>
        <translation>名称或备注显示为乱码时，请选择其他编码。</translation>
    </message>
    <message>
        <source>{encoding} (guessed)</source>
        <translation>{encoding}（自动识别）</translation>
    </message>
    <message>
        <source>Encoding:</source>
        <translation>编码：</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Watchlist</source>
        <translation>自选</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Order book</source>
        <translation>盘口</translation>
    </message>
    <message>
        <source>{panel} is being made ready</source>
        <translation>{panel}正在准备</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>About {name}</source>
        <translation>关于 {name}</translation>
    </message>
    <message>
        <source>A desktop market watch for AllTick and iTick market data.
MIT licence. Python {python}, Qt {qt}.</source>
        <translation>AllTick 与 iTick 行情的桌面看盘程序。
MIT 许可证。Python {python}，Qt {qt}。</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>{panel} panel</source>
        <translation>{panel}面板</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation>工具(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Keyboard…</source>
        <translation>键盘…</translation>
    </message>
    <message>
        <source>About…</source>
        <translation>关于…</translation>
    </message>
    <message>
        <source>Import product list…</source>
        <translation>导入产品列表…</translation>
    </message>
    <message>
        <source>Product lists…</source>
        <translation>产品列表…</translation>
    </message>
</context>
<context>
    <name>Markets</name>
    <message>
        <source>US stocks</source>
        <translation>美股</translation>
    </message>
    <message>
        <source>Hong Kong stocks</source>
        <translation>港股</translation>
    </message>
    <message>
        <source>China A-shares</source>
        <translation>A股</translation>
    </message>
    <message>
        <source>Exchange indices</source>
        <translation>交易所指数</translation>
    </message>
    <message>
        <source>Index CFDs</source>
        <translation>指数差价合约</translation>
    </message>
    <message>
        <source>Forex</source>
        <translation>外汇</translation>
    </message>
    <message>
        <source>Metals, energy</source>
        <translation>金属、能源</translation>
    </message>
    <message>
        <source>Crypto</source>
        <translation>加密货币</translation>
    </message>
    <message>
        <source>Futures</source>
        <translation>期货</translation>
    </message>
    <message>
        <source>Funds</source>
        <translation>基金</translation>
    </message>
    <message>
        <source>By the codes&apos; endings</source>
        <translation>按代码后缀</translation>
    </message>
    <message>
        <source>US</source>
        <translation>美股</translation>
    </message>
    <message>
        <source>Hong Kong</source>
        <translation>港股</translation>
    </message>
    <message>
        <source>China</source>
        <translation>A股</translation>
    </message>
    <message>
        <source>Indices</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Shanghai</source>
        <translation>沪市</translation>
    </message>
    <message>
        <source>Shenzhen</source>
        <translation>深市</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>OrderBook</name>
    <message>
        <source>{percent} % · {points} bp</source>
        <translation>{percent}% · {points} bp</translation>
    </message>
    <message>
        <source>Nobody buys or sells: halted or delisted, perhaps.</source>
        <translation>买卖双方均无挂单，可能停牌或退市。</translation>
    </message>
    <message>
        <source>No asks: limit up, or nobody sells.</source>
        <translation>无卖盘：涨停，或无人卖出。</translation>
    </message>
    <message>
        <source>No asks: this side of the book is missing.</source>
        <translation>无卖盘：缺少卖方数据。</translation>
    </message>
    <message>
        <source>No bids: limit down, or nobody buys.</source>
        <translation>无买盘：跌停，或无人买入。</translation>
    </message>
    <message>
        <source>No bids: this side of the book is missing.</source>
        <translation>无买盘：缺少买方数据。</translation>
    </message>
    <message>
        <source>The last order book could not be read. The next one takes its place.</source>
        <translation>最近一次盘口无法识别，将由下一次更新。</translation>
    </message>
    <message>
        <source>No order book yet.</source>
        <translation>暂无盘口。</translation>
    </message>
    <message>
        <source>No order book. {state}</source>
        <translation>无盘口。{state}</translation>
    </message>
    <message>
        <source>This market tells no sizes.</source>
        <translation>该市场不提供挂单数量。</translation>
    </message>
    <message>
        <source>1 level is all this market gives.</source>
        <translation>该市场仅提供 1 档。</translation>
    </message>
    <message>
        <source>{count} levels are all this market gives.</source>
        <translation>该市场仅提供 {count} 档。</translation>
    </message>
    <message>
        <source>Order book</source>
        <translation>盘口</translation>
    </message>
    <message>
        <source>No row is selected.</source>
        <translation>未选择品种。</translation>
    </message>
    <message>
        <source>{name}: best bid {bid}, best ask {ask}. {note}</source>
        <translation>{name}：买一 {bid}，卖一 {ask}。{note}</translation>
    </message>
    <message>
        <source>Select a row to see its order book.</source>
        <translation>选择一行以查看盘口。</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Spread {spread}</source>
        <translation>价差 {spread}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Origins</name>
    <message>
        <source>Nothing came for it yet, so nothing is claimed.</source>
        <translation>尚无数据。</translation>
    </message>
    <message>
        <source>The vendor is being asked for it, behind everything else; until then it sorts last.</source>
        <translation>正在后台向数据源查询，在此之前排在最后。</translation>
    </message>
    <message>
        <source>Source: pushed by the vendor with a trade.</source>
        <translation>来源：数据源随成交推送。</translation>
    </message>
    <message>
        <source>Source: pushed by the vendor with the day&apos;s quote.</source>
        <translation>来源：数据源随当日行情推送。</translation>
    </message>
    <message>
        <source>Source: the day&apos;s quote as pushed, carried on with every trade since.</source>
        <translation>来源：数据源推送的当日行情，此后随每笔成交更新。</translation>
    </message>
    <message>
        <source>Source: the vendor&apos;s daily bar (kline).</source>
        <translation>来源：数据源的日K线（kline）。</translation>
    </message>
    <message>
        <source>Source: the vendor&apos;s daily bar (kline), carried on with every trade since.</source>
        <translation>来源：数据源的日K线（kline），此后随每笔成交更新。</translation>
    </message>
    <message>
        <source>Source: kept from an earlier run of the desk.</source>
        <translation>来源：程序上次运行时保存。</translation>
    </message>
    <message>
        <source>Source: a call for the newest price (trade-tick).</source>
        <translation>来源：查询最新价所得（trade-tick）。</translation>
    </message>
    <message>
        <source>Derived from the pushed change in percent, so only about that exact.</source>
        <translation>由推送的涨跌幅推算，精度仅相当于该百分比。</translation>
    </message>
    <message>
        <source>Source: pushed by the vendor with the order book.</source>
        <translation>来源：数据源随盘口推送。</translation>
    </message>
    <message>
        <source>Source: the vendor&apos;s reference data (static info).</source>
        <translation>来源：数据源的基础信息（static_info）。</translation>
    </message>
    <message>
        <source>Source: you wrote it.</source>
        <translation>来源：您自己填写。</translation>
    </message>
    <message>
        <source>Source: the market&apos;s sessions and holidays, and the clock.</source>
        <translation>来源：市场的交易时段与假日，以及当前时间。</translation>
    </message>
    <message>
        <source>Source: counted by the desk over the last ten seconds.</source>
        <translation>来源：程序按最近十秒统计。</translation>
    </message>
    <message>
        <source>Source: taken down by the desk in this run, every few seconds.</source>
        <translation>来源：程序本次运行期间每隔几秒记录。</translation>
    </message>
    <message>
        <source>Source: bars that charts have stored, then taken down by the desk in this run.</source>
        <translation>来源：图表已存的 K 线，其后为本次运行期间的记录。</translation>
    </message>
    <message>
        <source>Source: the catalogue of instruments.</source>
        <translation>来源：品种目录。</translation>
    </message>
    <message>
        <source>{title}: {value}</source>
        <translation>{title}：{value}</translation>
    </message>
    <message>
        <source>Received at {time}, {age} ago.</source>
        <translation>接收时间：{time}（{age}前）。</translation>
    </message>
    <message>
        <source>Last received for the row: at {time}, {age} ago.</source>
        <translation>该行最近收到数据：{time}（{age}前）。</translation>
    </message>
    <message>
        <source>Derived: the pushed price minus the pushed change.</source>
        <translation>计算：推送的价格减推送的涨跌。</translation>
    </message>
    <message>
        <source>Source: the daily bar (kline) of the day before.</source>
        <translation>来源：前一日的日K线（kline）。</translation>
    </message>
    <message>
        <source>The base is the price at {time}.</source>
        <translation>基准价为 {time} 的价格。</translation>
    </message>
    <message>
        <source>It begins {age} ago and has {count} points.</source>
        <translation>始于{age}前，共 {count} 个点。</translation>
    </message>
    <message>
        <source>It is complete since {time}; before that prices may be missing.</source>
        <translation>自 {time} 起完整，此前可能有缺失。</translation>
    </message>
    <message>
        <source>It is complete since the beginning of the day.</source>
        <translation>自当日开始即完整。</translation>
    </message>
    <message>
        <source>Derived: {formula}.</source>
        <translation>计算：{formula}。</translation>
    </message>
    <message>
        <source>The previous close is that of {date}.</source>
        <translation>前收盘价取自 {date}。</translation>
    </message>
    <message>
        <source>The previous close is that of the last day before {date}.</source>
        <translation>前收盘价取自 {date} 之前的最后一个交易日。</translation>
    </message>
    <message>
        <source>The exchange&apos;s date: {date}.</source>
        <translation>交易所日期：{date}。</translation>
    </message>
    <message>
        <source>The vendor&apos;s time: {time}.</source>
        <translation>数据源时间：{time}。</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Africa</source>
        <translation>非洲</translation>
    </message>
    <message>
        <source>America</source>
        <translation>美洲</translation>
    </message>
    <message>
        <source>Antarctica</source>
        <translation>南极洲</translation>
    </message>
    <message>
        <source>Arctic</source>
        <translation>北极</translation>
    </message>
    <message>
        <source>Asia</source>
        <translation>亚洲</translation>
    </message>
    <message>
        <source>Atlantic</source>
        <translation>大西洋</translation>
    </message>
    <message>
        <source>Australia</source>
        <translation>澳大利亚</translation>
    </message>
    <message>
        <source>Brazil</source>
        <translation>巴西</translation>
    </message>
    <message>
        <source>Canada</source>
        <translation>加拿大</translation>
    </message>
    <message>
        <source>Chile</source>
        <translation>智利</translation>
    </message>
    <message>
        <source>Europe</source>
        <translation>欧洲</translation>
    </message>
    <message>
        <source>Indian</source>
        <translation>印度洋</translation>
    </message>
    <message>
        <source>Mexico</source>
        <translation>墨西哥</translation>
    </message>
    <message>
        <source>Pacific</source>
        <translation>太平洋</translation>
    </message>
    <message>
        <source>Cairo</source>
        <translation>开罗</translation>
    </message>
    <message>
        <source>Casablanca</source>
        <translation>卡萨布兰卡</translation>
    </message>
    <message>
        <source>Johannesburg</source>
        <translation>约翰内斯堡</translation>
    </message>
    <message>
        <source>Lagos</source>
        <translation>拉各斯</translation>
    </message>
    <message>
        <source>Nairobi</source>
        <translation>内罗毕</translation>
    </message>
    <message>
        <source>Anchorage</source>
        <translation>安克雷奇</translation>
    </message>
    <message>
        <source>Buenos Aires</source>
        <translation>布宜诺斯艾利斯</translation>
    </message>
    <message>
        <source>Bogota</source>
        <translation>波哥大</translation>
    </message>
    <message>
        <source>Caracas</source>
        <translation>加拉加斯</translation>
    </message>
    <message>
        <source>Chicago</source>
        <translation>芝加哥</translation>
    </message>
    <message>
        <source>Denver</source>
        <translation>丹佛</translation>
    </message>
    <message>
        <source>Detroit</source>
        <translation>底特律</translation>
    </message>
    <message>
        <source>Edmonton</source>
        <translation>埃德蒙顿</translation>
    </message>
    <message>
        <source>Halifax</source>
        <translation>哈利法克斯</translation>
    </message>
    <message>
        <source>Havana</source>
        <translation>哈瓦那</translation>
    </message>
    <message>
        <source>Lima</source>
        <translation>利马</translation>
    </message>
    <message>
        <source>Los Angeles</source>
        <translation>洛杉矶</translation>
    </message>
    <message>
        <source>Mexico City</source>
        <translation>墨西哥城</translation>
    </message>
    <message>
        <source>Montevideo</source>
        <translation>蒙得维的亚</translation>
    </message>
    <message>
        <source>Montreal</source>
        <translation>蒙特利尔</translation>
    </message>
    <message>
        <source>New York</source>
        <translation>纽约</translation>
    </message>
    <message>
        <source>Panama</source>
        <translation>巴拿马</translation>
    </message>
    <message>
        <source>Phoenix</source>
        <translation>菲尼克斯</translation>
    </message>
    <message>
        <source>Puerto Rico</source>
        <translation>波多黎各</translation>
    </message>
    <message>
        <source>Santiago</source>
        <translation>圣地亚哥</translation>
    </message>
    <message>
        <source>Sao Paulo</source>
        <translation>圣保罗</translation>
    </message>
    <message>
        <source>Toronto</source>
        <translation>多伦多</translation>
    </message>
    <message>
        <source>Vancouver</source>
        <translation>温哥华</translation>
    </message>
    <message>
        <source>Winnipeg</source>
        <translation>温尼伯</translation>
    </message>
    <message>
        <source>Almaty</source>
        <translation>阿拉木图</translation>
    </message>
    <message>
        <source>Amman</source>
        <translation>安曼</translation>
    </message>
    <message>
        <source>Baghdad</source>
        <translation>巴格达</translation>
    </message>
    <message>
        <source>Bahrain</source>
        <translation>巴林</translation>
    </message>
    <message>
        <source>Baku</source>
        <translation>巴库</translation>
    </message>
    <message>
        <source>Bangkok</source>
        <translation>曼谷</translation>
    </message>
    <message>
        <source>Beirut</source>
        <translation>贝鲁特</translation>
    </message>
    <message>
        <source>Brunei</source>
        <translation>文莱</translation>
    </message>
    <message>
        <source>Chongqing</source>
        <translation>重庆</translation>
    </message>
    <message>
        <source>Colombo</source>
        <translation>科伦坡</translation>
    </message>
    <message>
        <source>Dhaka</source>
        <translation>达卡</translation>
    </message>
    <message>
        <source>Dubai</source>
        <translation>迪拜</translation>
    </message>
    <message>
        <source>Harbin</source>
        <translation>哈尔滨</translation>
    </message>
    <message>
        <source>Ho Chi Minh</source>
        <translation>胡志明市</translation>
    </message>
    <message>
        <source>Hong Kong</source>
        <translation>香港</translation>
    </message>
    <message>
        <source>Irkutsk</source>
        <translation>伊尔库茨克</translation>
    </message>
    <message>
        <source>Istanbul</source>
        <translation>伊斯坦布尔</translation>
    </message>
    <message>
        <source>Jakarta</source>
        <translation>雅加达</translation>
    </message>
    <message>
        <source>Jerusalem</source>
        <translation>耶路撒冷</translation>
    </message>
    <message>
        <source>Kabul</source>
        <translation>喀布尔</translation>
    </message>
    <message>
        <source>Karachi</source>
        <translation>卡拉奇</translation>
    </message>
    <message>
        <source>Kashgar</source>
        <translation>喀什</translation>
    </message>
    <message>
        <source>Kathmandu</source>
        <translation>加德满都</translation>
    </message>
    <message>
        <source>Kolkata</source>
        <translation>加尔各答</translation>
    </message>
    <message>
        <source>Kuala Lumpur</source>
        <translation>吉隆坡</translation>
    </message>
    <message>
        <source>Kuwait</source>
        <translation>科威特</translation>
    </message>
    <message>
        <source>Macau</source>
        <translation>澳门</translation>
    </message>
    <message>
        <source>Manila</source>
        <translation>马尼拉</translation>
    </message>
    <message>
        <source>Muscat</source>
        <translation>马斯喀特</translation>
    </message>
    <message>
        <source>Novosibirsk</source>
        <translation>新西伯利亚</translation>
    </message>
    <message>
        <source>Phnom Penh</source>
        <translation>金边</translation>
    </message>
    <message>
        <source>Pyongyang</source>
        <translation>平壤</translation>
    </message>
    <message>
        <source>Qatar</source>
        <translation>卡塔尔</translation>
    </message>
    <message>
        <source>Riyadh</source>
        <translation>利雅得</translation>
    </message>
    <message>
        <source>Seoul</source>
        <translation>首尔</translation>
    </message>
    <message>
        <source>Shanghai</source>
        <translation>上海</translation>
    </message>
    <message>
        <source>Singapore</source>
        <translation>新加坡</translation>
    </message>
    <message>
        <source>Taipei</source>
        <translation>台北</translation>
    </message>
    <message>
        <source>Tashkent</source>
        <translation>塔什干</translation>
    </message>
    <message>
        <source>Tbilisi</source>
        <translation>第比利斯</translation>
    </message>
    <message>
        <source>Tehran</source>
        <translation>德黑兰</translation>
    </message>
    <message>
        <source>Tel Aviv</source>
        <translation>特拉维夫</translation>
    </message>
    <message>
        <source>Thimphu</source>
        <translation>廷布</translation>
    </message>
    <message>
        <source>Tokyo</source>
        <translation>东京</translation>
    </message>
    <message>
        <source>Ulaanbaatar</source>
        <translation>乌兰巴托</translation>
    </message>
    <message>
        <source>Urumqi</source>
        <translation>乌鲁木齐</translation>
    </message>
    <message>
        <source>Vientiane</source>
        <translation>万象</translation>
    </message>
    <message>
        <source>Vladivostok</source>
        <translation>符拉迪沃斯托克</translation>
    </message>
    <message>
        <source>Yangon</source>
        <translation>仰光</translation>
    </message>
    <message>
        <source>Yekaterinburg</source>
        <translation>叶卡捷琳堡</translation>
    </message>
    <message>
        <source>Azores</source>
        <translation>亚速尔群岛</translation>
    </message>
    <message>
        <source>Bermuda</source>
        <translation>百慕大</translation>
    </message>
    <message>
        <source>Canary</source>
        <translation>加那利群岛</translation>
    </message>
    <message>
        <source>Reykjavik</source>
        <translation>雷克雅未克</translation>
    </message>
    <message>
        <source>Adelaide</source>
        <translation>阿德莱德</translation>
    </message>
    <message>
        <source>Brisbane</source>
        <translation>布里斯班</translation>
    </message>
    <message>
        <source>Canberra</source>
        <translation>堪培拉</translation>
    </message>
    <message>
        <source>Darwin</source>
        <translation>达尔文</translation>
    </message>
    <message>
        <source>Hobart</source>
        <translation>霍巴特</translation>
    </message>
    <message>
        <source>Melbourne</source>
        <translation>墨尔本</translation>
    </message>
    <message>
        <source>Perth</source>
        <translation>珀斯</translation>
    </message>
    <message>
        <source>Sydney</source>
        <translation>悉尼</translation>
    </message>
    <message>
        <source>Amsterdam</source>
        <translation>阿姆斯特丹</translation>
    </message>
    <message>
        <source>Athens</source>
        <translation>雅典</translation>
    </message>
    <message>
        <source>Belgrade</source>
        <translation>贝尔格莱德</translation>
    </message>
    <message>
        <source>Berlin</source>
        <translation>柏林</translation>
    </message>
    <message>
        <source>Bratislava</source>
        <translation>布拉迪斯拉发</translation>
    </message>
    <message>
        <source>Brussels</source>
        <translation>布鲁塞尔</translation>
    </message>
    <message>
        <source>Bucharest</source>
        <translation>布加勒斯特</translation>
    </message>
    <message>
        <source>Budapest</source>
        <translation>布达佩斯</translation>
    </message>
    <message>
        <source>Copenhagen</source>
        <translation>哥本哈根</translation>
    </message>
    <message>
        <source>Dublin</source>
        <translation>都柏林</translation>
    </message>
    <message>
        <source>Helsinki</source>
        <translation>赫尔辛基</translation>
    </message>
    <message>
        <source>Kyiv</source>
        <translation>基辅</translation>
    </message>
    <message>
        <source>Lisbon</source>
        <translation>里斯本</translation>
    </message>
    <message>
        <source>London</source>
        <translation>伦敦</translation>
    </message>
    <message>
        <source>Luxembourg</source>
        <translation>卢森堡</translation>
    </message>
    <message>
        <source>Madrid</source>
        <translation>马德里</translation>
    </message>
    <message>
        <source>Malta</source>
        <translation>马耳他</translation>
    </message>
    <message>
        <source>Minsk</source>
        <translation>明斯克</translation>
    </message>
    <message>
        <source>Monaco</source>
        <translation>摩纳哥</translation>
    </message>
    <message>
        <source>Moscow</source>
        <translation>莫斯科</translation>
    </message>
    <message>
        <source>Oslo</source>
        <translation>奥斯陆</translation>
    </message>
    <message>
        <source>Paris</source>
        <translation>巴黎</translation>
    </message>
    <message>
        <source>Prague</source>
        <translation>布拉格</translation>
    </message>
    <message>
        <source>Riga</source>
        <translation>里加</translation>
    </message>
    <message>
        <source>Rome</source>
        <translation>罗马</translation>
    </message>
    <message>
        <source>Sofia</source>
        <translation>索非亚</translation>
    </message>
    <message>
        <source>Stockholm</source>
        <translation>斯德哥尔摩</translation>
    </message>
    <message>
        <source>Tallinn</source>
        <translation>塔林</translation>
    </message>
    <message>
        <source>Vienna</source>
        <translation>维也纳</translation>
    </message>
    <message>
        <source>Vilnius</source>
        <translation>维尔纽斯</translation>
    </message>
    <message>
        <source>Warsaw</source>
        <translation>华沙</translation>
    </message>
    <message>
        <source>Zagreb</source>
        <translation>萨格勒布</translation>
    </message>
    <message>
        <source>Zurich</source>
        <translation>苏黎世</translation>
    </message>
    <message>
        <source>Maldives</source>
        <translation>马尔代夫</translation>
    </message>
    <message>
        <source>Mauritius</source>
        <translation>毛里求斯</translation>
    </message>
    <message>
        <source>Auckland</source>
        <translation>奥克兰</translation>
    </message>
    <message>
        <source>Fiji</source>
        <translation>斐济</translation>
    </message>
    <message>
        <source>Guam</source>
        <translation>关岛</translation>
    </message>
    <message>
        <source>Honolulu</source>
        <translation>檀香山</translation>
    </message>
    <message>
        <source>St Johns</source>
        <translation>圣约翰斯</translation>
    </message>
</context>
<context>
    <name>Plans</name>
    <message>
        <source>https://apis.alltick.co (read July 2026)</source>
        <translation>https://apis.alltick.co（2026年7月查阅）</translation>
    </message>
    <message>
        <source>https://itick.org/pricing (read July 2026)</source>
        <translation>https://itick.org/pricing（2026年7月查阅）</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>免费版</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>基础版</translation>
    </message>
    <message>
        <source>Premium</source>
        <translation>高级版</translation>
    </message>
    <message>
        <source>Professional</source>
        <translation>专业版</translation>
    </message>
    <message>
        <source>All HK Stocks</source>
        <translation>全部港股</translation>
    </message>
    <message>
        <source>All CN Stocks</source>
        <translation>全部A股</translation>
    </message>
    <message>
        <source>All US Stocks</source>
        <translation>全部美股</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>入门版</translation>
    </message>
    <message>
        <source>{name} is not a plan of {vendor}; its plans are {known}</source>
        <translation>{name} 不是 {vendor} 的套餐，可选套餐为 {known}</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出错了</translation>
    </message>
    <message>
        <source>Error report</source>
        <translation>错误报告</translation>
    </message>
    <message>
        <source>The desk met an error that it did not expect. It goes on, but what it was doing may be missing. The report below holds no token; send it to whoever can mend the desk, and start the desk again if it behaves oddly.</source>
        <translation>程序遇到意外错误。程序仍在运行，但当时的操作可能没有完成。以下报告不含 Token，请发给开发者；如有异常，请重新启动程序。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the report</source>
        <translation>关闭报告</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>The vendor says that trading is suspended.</source>
        <translation>数据源称该品种已停牌。</translation>
    </message>
    <message>
        <source>The vendor says that the instrument is delisted.</source>
        <translation>数据源称该品种已退市。</translation>
    </message>
    <message>
        <source>The vendor says that a circuit breaker has halted trading.</source>
        <translation>数据源称交易因熔断而暂停。</translation>
    </message>
    <message>
        <source>About to connect.</source>
        <translation>即将连接。</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>未连接。</translation>
    </message>
    <message>
        <source>Connecting.</source>
        <translation>正在连接。</translation>
    </message>
    <message>
        <source>Asked for, no answer yet.</source>
        <translation>已请求订阅，尚无回应。</translation>
    </message>
    <message>
        <source>About to be asked for.</source>
        <translation>即将请求订阅。</translation>
    </message>
    <message>
        <source>Subscribed; nothing came yet. A quiet market is silent too.</source>
        <translation>已订阅，尚无数据。市场清淡时也会如此。</translation>
    </message>
    <message>
        <source>Subscribed again; nothing came since then.</source>
        <translation>已重新订阅，此后尚无数据。</translation>
    </message>
    <message>
        <source>Subscribed, and its market is open; nothing came yet.</source>
        <translation>已订阅，市场交易中，尚无数据。</translation>
    </message>
    <message>
        <source>Its market is open; nothing came since the opening.</source>
        <translation>市场交易中，开盘以来尚无数据。</translation>
    </message>
    <message>
        <source>Its market is open; nothing came for a while, which is usual here.</source>
        <translation>市场交易中，有一段时间没有数据，此品种属正常情况。</translation>
    </message>
    <message>
        <source>Nothing came for a while, and the desk does not know this market&apos;s hours.</source>
        <translation>有一段时间没有数据，且程序不掌握该市场的交易时间。</translation>
    </message>
    <message>
        <source>It trades outside regular hours.</source>
        <translation>正在常规时段之外交易。</translation>
    </message>
    <message>
        <source>Its market is open and its connection is well, but its ticks have stopped coming.</source>
        <translation>市场交易中且连接正常，但行情已停止更新。</translation>
    </message>
    <message>
        <source>Its order book is empty on both sides, and nothing is traded while its market is open.</source>
        <translation>市场交易中，但买卖双方均无挂单，也没有成交。</translation>
    </message>
    <message>
        <source>The price is at the day&apos;s upper limit, and nobody sells.</source>
        <translation>价格已达涨停价，无人卖出。</translation>
    </message>
    <message>
        <source>The price is at the day&apos;s lower limit, and nobody buys.</source>
        <translation>价格已达跌停价，无人买入。</translation>
    </message>
    <message>
        <source>Nothing needs to be done: the next tick makes it live.</source>
        <translation>无需操作，下次更新后即恢复实时。</translation>
    </message>
    <message>
        <source>Nothing needs to be done: it goes live when its market opens.</source>
        <translation>无需操作，开市后即恢复实时。</translation>
    </message>
    <message>
        <source>Nothing needs to be done: it goes live when trading resumes.</source>
        <translation>无需操作，复牌后即恢复实时。</translation>
    </message>
    <message>
        <source>Nothing needs to be done: it changes when both sides of the book are there again.</source>
        <translation>无需操作，买卖双方均有挂单后即恢复。</translation>
    </message>
    <message>
        <source>Look it up in the exchange&apos;s notices; remove the row if it is not traded any more.</source>
        <translation>请查看交易所公告；若已不再交易，可删除该行。</translation>
    </message>
    <message>
        <source>The desk connects again by itself; the menu of the connection in the status bar does it now.</source>
        <translation>程序会自动重连；也可在状态栏的连接菜单中立即重连。</translation>
    </message>
    <message>
        <source>Choose “Also watch at …” in the row&apos;s menu to have a vendor that the desk knows, then remove this row; or take a newer version of the desk.</source>
        <translation>请在该行菜单中选择“同时关注…”改用程序支持的数据源，然后删除此行；或升级到新版本。</translation>
    </message>
    <message>
        <source>Nothing needs to be done: the row goes live, or says that its code is refused.</source>
        <translation>无需操作：该行将显示实时行情，或说明代码被拒绝。</translation>
    </message>
    <message>
        <source>If it stays so, look it up in the exchange&apos;s notices: trading may be halted.</source>
        <translation>若持续如此，请查看交易所公告，可能已停牌。</translation>
    </message>
    <message>
        <source>Move the row up or pin it, and it streams in place of another; or take a larger plan.</source>
        <translation>将该行上移或固定，即可顶替其他品种获得推送；或升级套餐。</translation>
    </message>
    <message>
        <source>Remove the row; or check that the plan in the settings is the token&apos;s.</source>
        <translation>请删除该行，或确认设置中的套餐与 Token 一致。</translation>
    </message>
    <message>
        <source>Remove the row, and add the code as the vendor spells it.</source>
        <translation>请删除该行，再按数据源的写法添加代码。</translation>
    </message>
    <message>
        <source>The desk asks for it again after a while.</source>
        <translation>程序稍后会再次请求。</translation>
    </message>
    <message>
        <source>Enter a token, or check the connection, in the settings.</source>
        <translation>请在设置中输入 Token，或检查连接。</translation>
    </message>
    <message>
        <source>First tick {after} later.</source>
        <translation>首次更新在{after}后。</translation>
    </message>
    <message>
        <source>By the exchange&apos;s list of suspensions it is halted from {date}.</source>
        <translation>据交易所停牌列表，自 {date} 起停牌。</translation>
    </message>
    <message>
        <source>By the exchange&apos;s list of suspensions it is halted since {when} by its own clock.</source>
        <translation>据交易所停牌列表，自当地时间 {when} 起停牌。</translation>
    </message>
    <message>
        <source>Last tick {age} ago.</source>
        <translation>{age}前更新。</translation>
    </message>
    <message>
        <source>No price came yet; last order book {age} ago.</source>
        <translation>尚无价格，最近盘口在{age}前。</translation>
    </message>
    <message>
        <source>Last price {price} ago, last order book {book} ago.</source>
        <translation>最近价格在{price}前，最近盘口在{book}前。</translation>
    </message>
    <message>
        <source>Requested, sent {age} ago, acknowledged.</source>
        <translation>已请求订阅，{age}前发出，已确认。</translation>
    </message>
    <message>
        <source>Requested; not sent yet.</source>
        <translation>已请求订阅，尚未发出。</translation>
    </message>
    <message>
        <source>Requested and sent; not acknowledged yet.</source>
        <translation>已请求订阅并发出，尚未确认。</translation>
    </message>
    <message>
        <source>No tick since.</source>
        <translation>此后尚无更新。</translation>
    </message>
    <message>
        <source>The market rests; it goes on at {when} by its own clock.</source>
        <translation>盘中休市，{when}（当地时间）恢复交易。</translation>
    </message>
    <message>
        <source>The market is closed.</source>
        <translation>市场休市。</translation>
    </message>
    <message>
        <source>The market is closed; it opens at {when} by its own clock.</source>
        <translation>市场休市，{when}（当地时间）开市。</translation>
    </message>
    <message>
        <source>The market is closed for a holiday, {holiday}; it opens at {when} by its own clock.</source>
        <translation>假日休市：{holiday}，{when}（当地时间）开市。</translation>
    </message>
    <message>
        <source>The market is closed for a holiday; it opens at {when} by its own clock.</source>
        <translation>假日休市，{when}（当地时间）开市。</translation>
    </message>
    <message>
        <source>The market is closed for a holiday.</source>
        <translation>假日休市。</translation>
    </message>
    <message>
        <source>It is on the exchange&apos;s list of suspensions.</source>
        <translation>已列入交易所停牌列表。</translation>
    </message>
    <message>
        <source>By {vendor}&apos;s calendar today is a holiday: {holiday}.</source>
        <translation>按 {vendor} 的交易日历，今日休市：{holiday}。</translation>
    </message>
    <message>
        <source>Its market is closed and this is its last price; it is refreshed again after the opening.</source>
        <translation>市场休市，此为最后价格，开市后再刷新。</translation>
    </message>
    <message>
        <source>The vendor&apos;s answer left it out; the desk asks for it again after a while.</source>
        <translation>数据源的返回中没有该品种，程序稍后会再次请求。</translation>
    </message>
    <message>
        <source>The desk does not ask for it again before tomorrow.</source>
        <translation>程序明日之前不再请求。</translation>
    </message>
    <message>
        <source>The plan leaves no calls to refresh it with.</source>
        <translation>套餐没有剩余请求可供刷新。</translation>
    </message>
    <message>
        <source>It was not refreshed yet.</source>
        <translation>尚未刷新。</translation>
    </message>
    <message>
        <source>It was refreshed by a call just now.</source>
        <translation>刚刚已请求刷新。</translation>
    </message>
    <message>
        <source>It was refreshed by a call {age} ago.</source>
        <translation>{age}前已请求刷新。</translation>
    </message>
    <message>
        <source>The next refresh is about to come.</source>
        <translation>即将再次刷新。</translation>
    </message>
    <message>
        <source>The next refresh is in about {time}.</source>
        <translation>约 {time}后再次刷新。</translation>
    </message>
    <message>
        <source>The last try failed.</source>
        <translation>上次刷新失败。</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Look in:</source>
        <translation>位置：</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>文件类型：</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}，{second}</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>one of {values}</source>
        <translation>以下之一：{values}</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a plan&apos;s name, such as free</source>
        <translation>套餐名称，如 free</translation>
    </message>
    <message>
        <source>an address, or empty for the vendor&apos;s own</source>
        <translation>地址，留空则使用数据源自己的地址</translation>
    </message>
    <message>
        <source>a usable address</source>
        <translation>可用的地址</translation>
    </message>
    <message>
        <source>a table of limits and numbers</source>
        <translation>限制与数值的对照表</translation>
    </message>
    <message>
        <source>numbers only; {name} is none</source>
        <translation>纯数值，而 {name} 不是</translation>
    </message>
    <message>
        <source>numbers from zero up; {name} is none</source>
        <translation>不小于零的数值，而 {name} 不是</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light, dark, or whatever the desktop asks for.</source>
        <translation>浅色、深色，或跟随系统。</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of the windows, and of the instruments&apos; names.</source>
        <translation>界面与品种名称的语言。</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Rise and fall</source>
        <translation>涨跌颜色</translation>
    </message>
    <message>
        <source>Colours the table, the chart and the order book alike.</source>
        <translation>用于列表、图表和盘口。</translation>
    </message>
    <message>
        <source>Green is up, red is down</source>
        <translation>绿涨红跌</translation>
    </message>
    <message>
        <source>Red is up, green is down</source>
        <translation>红涨绿跌</translation>
    </message>
    <message>
        <source>Blue is up, orange is down</source>
        <translation>蓝涨橙跌</translation>
    </message>
    <message>
        <source>When a price changes</source>
        <translation>价格变动时</translation>
    </message>
    <message>
        <source>Choose “Show only the new price” for a calmer list.</source>
        <translation>如需减少闪动，请选“只显示新价格”。</translation>
    </message>
    <message>
        <source>Flash it briefly</source>
        <translation>短暂闪烁</translation>
    </message>
    <message>
        <source>Colour the digits that changed</source>
        <translation>为变动的数字着色</translation>
    </message>
    <message>
        <source>Show only the new price</source>
        <translation>只显示新价格</translation>
    </message>
    <message>
        <source>Shade every other row</source>
        <translation>隔行底色</translation>
    </message>
    <message>
        <source>Leads the eye along a wide row.</source>
        <translation>便于横向阅读较宽的行。</translation>
    </message>
    <message>
        <source>Height of the rows</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>It follows the size of the letters.</source>
        <translation>随字号变化。</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Roomy</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>In percent of the size that the desktop asks for.</source>
        <translation>相对系统字号的百分比。</translation>
    </message>
    <message>
        <source>Digits of prices</source>
        <translation>价格位数</translation>
    </message>
    <message>
        <source>A tip and a copied row always have the price as it was sent.</source>
        <translation>提示和复制的行始终采用数据源的原价格。</translation>
    </message>
    <message>
        <source>As the vendor sends them</source>
        <translation>与数据源一致</translation>
    </message>
    <message>
        <source>As many as the instrument has</source>
        <translation>按品种补齐小数位</translation>
    </message>
    <message>
        <source>Five figures</source>
        <translation>五位有效数字</translation>
    </message>
    <message>
        <source>Figures stand</source>
        <translation>数字对齐</translation>
    </message>
    <message>
        <source>On the right, digits of one weight stand below each other.</source>
        <translation>右对齐时，相同数位上下对齐。</translation>
    </message>
    <message>
        <source>On the right</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>In the middle</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>On the left</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Use this vendor</source>
        <translation>启用此数据源</translation>
    </message>
    <message>
        <source>Without it the desk opens no connection to the vendor.</source>
        <translation>不启用则程序不连接此数据源。</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>套餐</translation>
    </message>
    <message>
        <source>What you pay the vendor for. It decides every limit.</source>
        <translation>您在数据源订购的套餐，决定各项限制。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Empty for the vendor&apos;s own address.</source>
        <translation>留空则使用数据源自己的地址。</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Your own figures in place of the plan&apos;s.</source>
        <translation>以自定数值代替套餐数值。</translation>
    </message>
    <message>
        <source>The setting “{label}” ({where}) must be {what}.</source>
        <translation>设置项“{label}”（{where}）须为{what}。</translation>
    </message>
    <message>
        <source>The settings file does not hold settings.</source>
        <translation>设置文件中没有设置内容。</translation>
    </message>
    <message>
        <source>The setting “Vendors” (vendors) must be a table by vendor.</source>
        <translation>设置项“数据源”（vendors）须为按数据源列出的表。</translation>
    </message>
    <message>
        <source>The settings file names no version that the desk knows.</source>
        <translation>设置文件的版本无法识别。</translation>
    </message>
    <message>
        <source>The settings file is of version {version}; this desk reads up to {known}. A newer desk wrote it.</source>
        <translation>设置文件为第 {version} 版，本程序只支持到第 {known} 版，该文件由更新的程序写成。</translation>
    </message>
    <message>
        <source>The settings of the vendor {name} must be a table.</source>
        <translation>数据源 {name} 的设置须为表。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show the token</source>
        <translation>显示 Token</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Forget the token</source>
        <translation>删除 Token</translation>
    </message>
    <message>
        <source>Keep the token in</source>
        <translation>Token 保存位置</translation>
    </message>
    <message>
        <source>Keep it in</source>
        <translation>保存位置</translation>
    </message>
    <message>
        <source>The system&apos;s keyring</source>
        <translation>系统密钥环</translation>
    </message>
    <message>
        <source>Memory, for this session only</source>
        <translation>内存，仅本次运行</translation>
    </message>
    <message>
        <source>A file that only you can read</source>
        <translation>仅您可读的文件</translation>
    </message>
    <message>
        <source>Paste the vendor&apos;s token here</source>
        <translation>在此粘贴数据源的 Token</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>The token is forgotten when you apply this.</source>
        <translation>应用后将删除 Token。</translation>
    </message>
    <message>
        <source>This token takes the place of the present one.</source>
        <translation>此 Token 将替换现有的 Token。</translation>
    </message>
    <message>
        <source>The token comes from the environment variable {name}. It is changed there, not here.</source>
        <translation>Token 来自环境变量 {name}，请在那里修改。</translation>
    </message>
    <message>
        <source>There is no token yet. You find it in the vendor&apos;s console.</source>
        <translation>尚无 Token，可在数据源的控制台中获取。</translation>
    </message>
    <message>
        <source>The token lies in your system&apos;s keyring.</source>
        <translation>Token 保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>The token lies in a file that only you can read.</source>
        <translation>Token 保存在仅您可读的文件中。</translation>
    </message>
    <message>
        <source>The token is in memory until the desk closes.</source>
        <translation>Token 仅在内存中，程序关闭后即失效。</translation>
    </message>
    <message>
        <source>The file is not encrypted (mode 0600): any program that you start can read it.</source>
        <translation>文件未加密（权限 0600），您运行的任何程序都能读取。</translation>
    </message>
    <message>
        <source>Waiting for your keyring: it asks for a passphrase, perhaps in another window.</source>
        <translation>正在等待密钥环：可能在另一个窗口要求输入密码。</translation>
    </message>
    <message>
        <source>Your keyring is locked. Unlock it, or choose another place.</source>
        <translation>密钥环已锁定。请解锁，或选择其他位置。</translation>
    </message>
    <message>
        <source>Your keyring does not work. Choose another place.</source>
        <translation>密钥环无法使用，请选择其他位置。</translation>
    </message>
    <message>
        <source>The keyring keeps the token encrypted.</source>
        <translation>密钥环会加密保存 Token。</translation>
    </message>
    <message>
        <source>There is no keyring on this system. You enter the token again at the next start.</source>
        <translation>本系统没有密钥环，下次启动须重新输入 Token。</translation>
    </message>
    <message>
        <source>You enter the token again at the next start.</source>
        <translation>下次启动须重新输入 Token。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Nothing was changed yet: {problem}</source>
        <translation>尚未更改：{problem}</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>不是数字。</translation>
    </message>
    <message>
        <source>This must be a whole number.</source>
        <translation>须为整数。</translation>
    </message>
    <message>
        <source>This must lie between {low} and {high}.</source>
        <translation>须在 {low} 至 {high} 之间。</translation>
    </message>
    <message>
        <source>A token has no spaces and no control characters.</source>
        <translation>Token 不能含空格或控制字符。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Reset {limit}</source>
        <translation>恢复 {limit}</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Reset all limits</source>
        <translation>恢复全部限制</translation>
    </message>
    <message>
        <source>{vendor}, plan {plan}. Source: {source}.</source>
        <translation>{vendor}，套餐：{plan}。来源：{source}。</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>自定</translation>
    </message>
    <message>
        <source>An empty field takes the plan&apos;s figure.</source>
        <translation>留空则采用套餐数值。</translation>
    </message>
    <message>
        <source>Figures of your own: {n}.</source>
        <translation>自定数值：{n} 项。</translation>
    </message>
    <message>
        <source>{calls} in {seconds} s</source>
        <translation>{seconds} 秒 {calls} 次</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>in</source>
        <translation>次 /</translation>
    </message>
    <message>
        <source>Empty for {vendor}&apos;s own address. The address of the WebSocket follows from it. It begins with https://; plain http:// goes to this machine only.</source>
        <translation>留空则使用 {vendor} 自己的地址，WebSocket 地址由此推出。须以 https:// 开头，http:// 只能连接本机。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>{n} msg/s</source>
        <translation>{n} 条/秒</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态栏</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Request budget</source>
        <translation>请求额度</translation>
    </message>
    <message>
        <source>Message rate</source>
        <translation>消息速率</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Message history</source>
        <translation>历史消息</translation>
    </message>
    <message>
        <source>No messages yet.</source>
        <translation>暂无消息。</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>股票</translation>
    </message>
    <message>
        <source>Forex</source>
        <translation>外汇</translation>
    </message>
    <message>
        <source>Indices</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Crypto</source>
        <translation>加密货币</translation>
    </message>
    <message>
        <source>Futures</source>
        <translation>期货</translation>
    </message>
    <message>
        <source>Funds</source>
        <translation>基金</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>{family}: {state}</source>
        <translation>{family}：{state}</translation>
    </message>
    <message>
        <source>{connection}, token refused</source>
        <translation>{connection}，token 被拒绝</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>Requests: —</source>
        <translation>请求：—</translation>
    </message>
    <message>
        <source>{left} left today</source>
        <translation>今日剩余 {left}</translation>
    </message>
    <message>
        <source>Requests: {used} used today</source>
        <translation>请求：今日已用 {used}</translation>
    </message>
    <message>
        <source>Requests: {used} used today, {left} left</source>
        <translation>请求：今日已用 {used}，剩余 {left}</translation>
    </message>
    <message>
        <source>minute {used}/{limit}</source>
        <translation>本分钟 {used}/{limit}</translation>
    </message>
    <message>
        <source>next free now</source>
        <translation>可立即请求</translation>
    </message>
    <message>
        <source>next free in {wait}</source>
        <translation>{wait}后可请求</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>Connect again now</source>
        <translation>立即重连</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
</context>
<context>
    <name>Store</name>
    <message>
        <source>The record of the requests is closed already, so nothing more is sent.</source>
        <translation>请求记录已关闭，不再发送请求。</translation>
    </message>
    <message>
        <source>the disk is full; free some space</source>
        <translation>磁盘已满，请清理空间</translation>
    </message>
    <message>
        <source>it is read-only</source>
        <translation>文件只读</translation>
    </message>
    <message>
        <source>the desk is not allowed to</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>the disk has a fault, or is full</source>
        <translation>磁盘故障或已满</translation>
    </message>
    <message>
        <source>another desk with this token is running; close it</source>
        <translation>另有使用同一 Token 的程序正在运行，请将其关闭</translation>
    </message>
    <message>
        <source>it is damaged; a restart sets it aside</source>
        <translation>文件已损坏，重新启动后会另存</translation>
    </message>
    <message>
        <source>The record of the requests, {path}, cannot be used: {why}. Without it the desk cannot keep the plan&apos;s daily limit, so it asks the vendor for nothing until that is mended.</source>
        <translation>请求记录 {path} 无法使用：{why}。没有它就无法遵守套餐的每日限额，因此在修复之前不向数据源请求。</translation>
    </message>
    <message>
        <source>The record of the requests that this token made was damaged; it is kept as {file}. Nobody knows what was spent, so for a day the desk does no work in the background and counts on the last fifth of the daily requests alone.</source>
        <translation>此 Token 的请求记录已损坏，另存为 {file}。已用次数不明，因此一天之内程序不做后台请求，只按每日额度的最后五分之一使用。</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>your share of the disk is used up</source>
        <translation>磁盘配额已用完</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>磁盘只读</translation>
    </message>
    <message>
        <source>the folder is not there</source>
        <translation>文件夹不存在</translation>
    </message>
    <message>
        <source>a folder is in its place</source>
        <translation>同名位置是文件夹</translation>
    </message>
    <message>
        <source>a file is in the place of a folder</source>
        <translation>文件夹的位置被文件占用</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>名称过长</translation>
    </message>
    <message>
        <source>the disk has a fault</source>
        <translation>磁盘故障</translation>
    </message>
    <message>
        <source>unknown reason</source>
        <translation>原因不明</translation>
    </message>
    <message>
        <source>the desk may not write in it</source>
        <translation>没有写入权限</translation>
    </message>
    <message>
        <source>The folder {path} cannot be used: {why}.</source>
        <translation>文件夹 {path} 无法使用：{why}。</translation>
    </message>
    <message>
        <source>It could not be read ({why}).</source>
        <translation>无法读取（{why}）。</translation>
    </message>
    <message>
        <source>It is damaged.</source>
        <translation>文件已损坏。</translation>
    </message>
    <message>
        <source>The file {file} was not used.</source>
        <translation>文件 {file} 未被采用。</translation>
    </message>
    <message>
        <source>It is kept as {file}, and the desk starts without it.</source>
        <translation>原文件另存为 {file}，程序不用它启动。</translation>
    </message>
    <message>
        <source>{file} could not be saved in {folder}: {why}. What was saved before is still there; the desk tries again at the next change.</source>
        <translation>{file} 无法保存到 {folder}：{why}。此前保存的内容仍在，下次更改时再试。</translation>
    </message>
    <message>
        <source>{path} cannot be used and could not be set aside: {why}. The desk leaves it alone and saves nothing in its place.</source>
        <translation>{path} 无法使用，也无法另存：{why}。程序保持其原样，不覆盖它。</translation>
    </message>
    <message>
        <source>{path} could not be deleted: {why}.</source>
        <translation>无法删除 {path}：{why}。</translation>
    </message>
    <message>
        <source>it is a file</source>
        <translation>它是文件</translation>
    </message>
    <message>
        <source>The stored bars are closed already: the desk is stopping.</source>
        <translation>本地K线已关闭：程序正在退出。</translation>
    </message>
    <message>
        <source>it was made by a newer version of the desk; start that one</source>
        <translation>文件由较新版本的程序写成，请启动该版本</translation>
    </message>
    <message>
        <source>it was made by an older version of the desk; start the desk once</source>
        <translation>文件由较旧版本的程序写成，请先启动一次程序</translation>
    </message>
    <message>
        <source>it is damaged; start the desk once to mend it</source>
        <translation>文件已损坏，启动一次程序即可修复</translation>
    </message>
    <message>
        <source>The file of the stored bars was damaged. What could be read of it, {bars} bars, is in a new file; the damaged one is kept as {file}. The desk asks the vendor again for what is missing.</source>
        <translation>本地K线文件已损坏。其中可读取的 {bars} 根K线已存入新文件，损坏的文件另存为 {file}。缺失部分由程序重新向数据源请求。</translation>
    </message>
    <message>
        <source>The file of the stored bars was damaged; it is kept beside the new one, which has what could be read of it. The desk asks the vendor again for what is missing.</source>
        <translation>本地K线文件已损坏，保留在新文件旁；新文件中是其可读取的内容。缺失部分由程序重新向数据源请求。</translation>
    </message>
    <message>
        <source>it is damaged, and could not be mended: {why}</source>
        <translation>文件已损坏，且未能修复：{why}</translation>
    </message>
    <message>
        <source>it could not be opened</source>
        <translation>文件无法打开</translation>
    </message>
    <message>
        <source>another program holds it</source>
        <translation>文件被其他程序占用</translation>
    </message>
    <message>
        <source>The stored bars in {path} cannot be used: {why}. What was stored before is left as it is; the desk goes on with the bars that the vendor sends.</source>
        <translation>{path} 中的本地K线无法使用：{why}。此前保存的内容保持原样，程序继续使用数据源发来的K线。</translation>
    </message>
    <message>
        <source>The drawings are as they were before the last change.</source>
        <translation>画线已恢复到上次更改之前的状态。</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of the desk. It is shown as far as this version understands it, and left as it is: changes of the lists are not saved.</source>
        <translation>{file} 由较新版本的程序写成。当前版本只显示可识别的内容，并保持文件原样：对列表的更改不会保存。</translation>
    </message>
    <message>
        <source>The watchlists are saved, but not a backup of them.</source>
        <translation>自选列表已保存，但未能备份。</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>The file {file} is gone.</source>
        <translation>文件 {file} 已不存在。</translation>
    </message>
    <message>
        <source>The lists are those of the backup of {when}, {backup}.</source>
        <translation>列表取自 {when} 的备份 {backup}。</translation>
    </message>
    <message>
        <source>The backup {file} cannot be used: {why}. Nothing was changed.</source>
        <translation>备份 {file} 无法使用：{why}。未作任何更改。</translation>
    </message>
</context>
<context>
    <name>Token</name>
    <message>
        <source>the token is empty</source>
        <translation>Token 为空</translation>
    </message>
    <message>
        <source>a token has no spaces and no control characters</source>
        <translation>Token 不能含空格或控制字符</translation>
    </message>
    <message>
        <source>The keyring took the token but does not give it back.</source>
        <translation>密钥环收下了 Token，却无法读回。</translation>
    </message>
    <message>
        <source>Your keyring is locked.</source>
        <translation>密钥环已锁定。</translation>
    </message>
    <message>
        <source>Your keyring does not work ({kind}).</source>
        <translation>密钥环无法使用（{kind}）。</translation>
    </message>
    <message>
        <source>There is no keyring on this system.</source>
        <translation>本系统没有密钥环。</translation>
    </message>
    <message>
        <source>The token is used for this session only.</source>
        <translation>Token 仅用于本次运行。</translation>
    </message>
    <message>
        <source>The old token is still in it.</source>
        <translation>旧 Token 仍在其中。</translation>
    </message>
    <message>
        <source>The token file holds no token for {vendor}: {why}.</source>
        <translation>Token 文件中没有 {vendor} 的有效 Token：{why}。</translation>
    </message>
    <message>
        <source>The token comes from the environment variable {name}; change it there.</source>
        <translation>Token 来自环境变量 {name}，请在那里修改。</translation>
    </message>
    <message>
        <source>This profile keeps no token in a file.</source>
        <translation>此配置不在文件中保存 Token。</translation>
    </message>
    <message>
        <source>The token comes from the environment variable {name}; remove it there.</source>
        <translation>Token 来自环境变量 {name}，请在那里删除。</translation>
    </message>
    <message>
        <source>The environment variable {name} holds no token: {why}.</source>
        <translation>环境变量 {name} 中没有有效的 Token：{why}。</translation>
    </message>
    <message>
        <source>There is no keyring here: the token is used for this session only.</source>
        <translation>本系统没有密钥环，Token 仅用于本次运行。</translation>
    </message>
    <message>
        <source>The keyring holds no usable token: {why}.</source>
        <translation>密钥环中没有可用的 Token：{why}。</translation>
    </message>
</context>
<context>
    <name>Watchlist</name>
    <message>
        <source>Open chart</source>
        <translation>打开图表</translation>
    </message>
    <message>
        <source>Show the instrument in chart and order book.</source>
        <translation>在图表和盘口中显示。</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Keep the selected rows live, however full the plan is, or let them go.</source>
        <translation>固定所选行，套餐满额时仍优先推送；再次选择则取消。</translation>
    </message>
    <message>
        <source>Alias…</source>
        <translation>别名…</translation>
    </message>
    <message>
        <source>Write your own name of the instrument.</source>
        <translation>为品种填写自己的名称。</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>备注…</translation>
    </message>
    <message>
        <source>Write down what you think of the instrument.</source>
        <translation>写下您对该品种的看法。</translation>
    </message>
    <message>
        <source>Where does this come from?</source>
        <translation>数据来源</translation>
    </message>
    <message>
        <source>Tell source, formula, time and age of every value in the row.</source>
        <translation>说明该行各项数值的来源、算法、时间和更新距今。</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Copy the selected rows for a spreadsheet.</source>
        <translation>复制所选行，可粘贴到电子表格。</translation>
    </message>
    <message>
        <source>Copy rows with titles</source>
        <translation>复制行（含标题）</translation>
    </message>
    <message>
        <source>Copy the selected rows for a spreadsheet, the columns&apos; titles above.</source>
        <translation>复制所选行及列标题，可粘贴到电子表格。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Show only rows by code, name, alias, note, market, state or movement.</source>
        <translation>按代码、名称、别名、备注、市场、状态或涨跌筛选行。</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示全部行</translation>
    </message>
    <message>
        <source>Take the filter away.</source>
        <translation>取消筛选。</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列设置…</translation>
    </message>
    <message>
        <source>Choose the columns and their order.</source>
        <translation>选择显示的列及其顺序。</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move the selected rows one place up.</source>
        <translation>将所选行上移一位。</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move the selected rows one place down.</source>
        <translation>将所选行下移一位。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Take the selected rows out of the list.</source>
        <translation>从自选中删除所选行。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the last edit of the list back.</source>
        <translation>撤销对自选的上一次修改。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Make the edit again that was taken back.</source>
        <translation>重做刚撤销的修改。</translation>
    </message>
    <message>
        <source>Add symbol</source>
        <translation>添加自选</translation>
    </message>
    <message>
        <source>Go to the box that symbols are added with.</source>
        <translation>转到添加自选的输入框。</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Also watch at {vendor}</source>
        <translation>同时关注 {vendor} 报价</translation>
    </message>
    <message>
        <source>Add the selected instruments once more, with the prices of {vendor}.</source>
        <translation>以 {vendor} 的报价再次添加所选品种。</translation>
    </message>
    <message>
        <source>Add symbol: code or name, or several</source>
        <translation>添加自选：代码或名称，可多个</translation>
    </message>
    <message>
        <source>A code, or a name in English, Chinese or pinyin initials. Several are parted by commas, spaces or lines; a list can be pasted.</source>
        <translation>代码、中英文名称或拼音首字母。多个以逗号、空格或换行分隔，也可粘贴列表。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>The vendor&apos;s code.</source>
        <translation>数据源的代码。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>The instrument&apos;s name in the built-in catalogue.</source>
        <translation>内置目录中的品种名称。</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最新价</translation>
    </message>
    <message>
        <source>The last price, with the digits that the vendor sent.</source>
        <translation>最新成交价，小数位与数据源一致。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>涨跌</translation>
    </message>
    <message>
        <source>Last price minus the previous day&apos;s close.</source>
        <translation>最新价减前收盘价。</translation>
    </message>
    <message>
        <source>Change %</source>
        <translation>涨跌幅%</translation>
    </message>
    <message>
        <source>The change in percent of the previous day&apos;s close.</source>
        <translation>涨跌占前收盘价的百分比。</translation>
    </message>
    <message>
        <source>Bid</source>
        <translation>买价</translation>
    </message>
    <message>
        <source>The best price that a buyer offers.</source>
        <translation>买方最优报价。</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>卖价</translation>
    </message>
    <message>
        <source>The best price that a seller asks.</source>
        <translation>卖方最优报价。</translation>
    </message>
    <message>
        <source>High</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>The day&apos;s highest price.</source>
        <translation>当日最高价。</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>最低</translation>
    </message>
    <message>
        <source>The day&apos;s lowest price.</source>
        <translation>当日最低价。</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>成交量</translation>
    </message>
    <message>
        <source>The day&apos;s traded volume, where the vendor tells it.</source>
        <translation>当日成交量（数据源提供时）。</translation>
    </message>
    <message>
        <source>Turnover</source>
        <translation>成交额</translation>
    </message>
    <message>
        <source>The day&apos;s turnover in the instrument&apos;s currency.</source>
        <translation>当日成交额，以品种的币种计。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>The vendor&apos;s time of the last price, on your clock.</source>
        <translation>最新价的时间，按本机时区显示。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Whether the row is live, and if not, why.</source>
        <translation>该行是否实时，若否则说明原因。</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>清淡</translation>
    </message>
    <message>
        <source>Market closed</source>
        <translation>休市</translation>
    </message>
    <message>
        <source>Halted</source>
        <translation>停牌</translation>
    </message>
    <message>
        <source>Limit up</source>
        <translation>涨停</translation>
    </message>
    <message>
        <source>Limit down</source>
        <translation>跌停</translation>
    </message>
    <message>
        <source>Halted or delisted</source>
        <translation>停牌/退市</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>滞后</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Beyond plan</source>
        <translation>超出套餐</translation>
    </message>
    <message>
        <source>Not in plan</source>
        <translation>套餐不含</translation>
    </message>
    <message>
        <source>Unknown code</source>
        <translation>未知代码</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Matching symbols</source>
        <translation>匹配的品种</translation>
    </message>
    <message>
        <source>being asked for</source>
        <translation>正在查询</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>up {percent} %</source>
        <translation>涨 {percent}%</translation>
    </message>
    <message>
        <source>down {percent} %</source>
        <translation>跌 {percent}%</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>平盘</translation>
    </message>
    <message>
        <source>Section {name}, {count} rows, folded.</source>
        <translation>分组 {name}，{count} 行，已折叠。</translation>
    </message>
    <message>
        <source>Section {name}, {count} rows.</source>
        <translation>分组 {name}，{count} 行。</translation>
    </message>
    <message>
        <source>No row fits the filter. Press Esc to see all rows of the list again.</source>
        <translation>没有符合筛选的行。按 Esc 可显示列表的全部行。</translation>
    </message>
    <message>
        <source>“{name}” is empty. Type a code or a name into the box above (Ctrl+K), paste codes (Ctrl+V), drag rows of another list onto its tab, or import a file (File menu).</source>
        <translation>“{name}”为空。可在上方输入代码或名称（Ctrl+K）、粘贴代码（Ctrl+V）、将其他列表的行拖到其标签上，或导入文件（“文件”菜单）。</translation>
    </message>
    <message>
        <source>Watchlist panel</source>
        <translation>自选面板</translation>
    </message>
    <message>
        <source>Watchlist</source>
        <translation>自选</translation>
    </message>
    <message>
        <source>Nothing is watched yet. Type a code or a name into the box above (Ctrl+K), such as 700.HK, EURUSD or Apple.</source>
        <translation>尚无自选。请在上方输入框（Ctrl+K）输入代码或名称，如 700.HK、EURUSD 或 茅台。</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Whose prices an added symbol is watched with.</source>
        <translation>所添加的品种使用哪个数据源的报价。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add what stands in the box. Key: Enter.</source>
        <translation>添加输入框中的内容，快捷键：回车。</translation>
    </message>
    <message>
        <source>{codes} added.</source>
        <translation>已添加 {codes}。</translation>
    </message>
    <message>
        <source>In the list already: {codes}.</source>
        <translation>自选中已有：{codes}。</translation>
    </message>
    <message>
        <source>Not in the catalogue, the vendor will tell: {codes}.</source>
        <translation>目录中没有，以数据源为准：{codes}。</translation>
    </message>
    <message>
        <source>{codes} removed.</source>
        <translation>已删除 {codes}。</translation>
    </message>
    <message>
        <source>The note on {code} is kept: the tip of its name shows it. The column “Note” is hidden.</source>
        <translation>已保存 {code} 的备注，名称的提示中可见。“备注”列目前隐藏。</translation>
    </message>
    <message>
        <source>Undone: {what}.</source>
        <translation>已撤销：{what}。</translation>
    </message>
    <message>
        <source>Done again: {what}.</source>
        <translation>已重做：{what}。</translation>
    </message>
    <message>
        <source>{count} symbols</source>
        <translation>{count} 个品种</translation>
    </message>
    <message>
        <source>{codes} pinned: live first, however full the plan is.</source>
        <translation>已固定 {codes}，套餐满额时仍优先推送。</translation>
    </message>
    <message>
        <source>Pinned, but refused by the vendor: {codes}. The state&apos;s tip tells why.</source>
        <translation>已固定，但数据源拒绝：{codes}，原因见状态的提示。</translation>
    </message>
    <message>
        <source>{codes} no longer pinned.</source>
        <translation>已取消固定 {codes}。</translation>
    </message>
    <message>
        <source>The table is sorted by “{column}”, so rows keep no place of their own. Choose “Own order” in a title&apos;s menu to move them.</source>
        <translation>列表已按“{column}”排序，无法移动行。如需移动，请在列标题菜单中选择“自定义顺序”。</translation>
    </message>
    <message>
        <source>Alias of {code}</source>
        <translation>{code} 的别名</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列设置</translation>
    </message>
    <message>
        <source>Save set</source>
        <translation>保存方案</translation>
    </message>
    <message>
        <source>Delete set</source>
        <translation>删除方案</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Column set</source>
        <translation>列方案</translation>
    </message>
    <message>
        <source>Search columns</source>
        <translation>搜索列</translation>
    </message>
    <message>
        <source>Columns in their order</source>
        <translation>列及其顺序</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Name of a set</source>
        <translation>方案名称</translation>
    </message>
    <message>
        <source>With nothing ticked, the first columns are shown.</source>
        <translation>未勾选任何列时，显示默认列。</translation>
    </message>
    <message>
        <source>No column is called so.</source>
        <translation>没有这样的列。</translation>
    </message>
    <message>
        <source>Rename set</source>
        <translation>重命名方案</translation>
    </message>
    <message>
        <source>Choose one of your sets, type its new name, then press this.</source>
        <translation>选择您的方案，输入新名称，然后按此按钮。</translation>
    </message>
    <message>
        <source>Type a name for the set first, one that none of the desk&apos;s own sets has.</source>
        <translation>请先输入方案名称，不得与内置方案同名。</translation>
    </message>
    <message>
        <source>The set “{name}” now has the columns that are shown.</source>
        <translation>方案“{name}”现为当前显示的列。</translation>
    </message>
    <message>
        <source>The set “{name}” was saved.</source>
        <translation>已保存方案“{name}”。</translation>
    </message>
    <message>
        <source>The set “{before}” is called “{name}” now.</source>
        <translation>方案“{before}”已改名为“{name}”。</translation>
    </message>
    <message>
        <source>The set “{name}” was deleted. Lists keep the columns that they show; Save set makes a set of those shown here.</source>
        <translation>已删除方案“{name}”。各列表的列不变，“保存方案”可将此处的列存为方案。</translation>
    </message>
    <message>
        <source>Replace set</source>
        <translation>覆盖方案</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>基本行情</translation>
    </message>
    <message>
        <source>Trading</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>Fundamentals</source>
        <translation>基本面</translation>
    </message>
    <message>
        <source>Forex</source>
        <translation>外汇</translation>
    </message>
    <message>
        <source>{shown} of {total} shown</source>
        <translation>显示 {shown}/{total}</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>涨跌</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Code, name, alias or note</source>
        <translation>代码、名称、别名或备注</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Take the filter away. Key: Esc.</source>
        <translation>取消筛选，快捷键：Esc。</translation>
    </message>
    <message>
        <source>US stocks</source>
        <translation>美股</translation>
    </message>
    <message>
        <source>Hong Kong stocks</source>
        <translation>港股</translation>
    </message>
    <message>
        <source>Chinese stocks</source>
        <translation>A股</translation>
    </message>
    <message>
        <source>Indices</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Index contracts</source>
        <translation>指数差价合约</translation>
    </message>
    <message>
        <source>Metals and energy</source>
        <translation>金属、能源</translation>
    </message>
    <message>
        <source>Crypto</source>
        <translation>加密货币</translation>
    </message>
    <message>
        <source>Futures</source>
        <translation>期货</translation>
    </message>
    <message>
        <source>Funds</source>
        <translation>基金</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上涨</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>平盘</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下跌</translation>
    </message>
    <message>
        <source>No list of instruments has {words}, and no code is spelled so: codes have Latin letters, digits and signs, and no spaces.</source>
        <translation>产品列表中没有 {words}，且代码不会这样写：代码由拉丁字母、数字和符号组成，不含空格。</translation>
    </message>
    <message>
        <source>The lists of instruments are being read…</source>
        <translation>产品列表读取中…</translation>
    </message>
    <message>
        <source>Nothing like it in this market ({market}), but in others. Ctrl+Page Up and Ctrl+Page Down choose the market.</source>
        <translation>该市场（{market}）中没有匹配，其他市场有。按 Ctrl+Page Up / Ctrl+Page Down 切换市场。</translation>
    </message>
    <message>
        <source>No list of instruments has anything like it. Lists can be imported: Tools, Import product list.</source>
        <translation>产品列表中没有匹配的品种。可从“工具”菜单导入产品列表。</translation>
    </message>
    <message>
        <source>Enter adds {code} as typed; the arrow keys choose.</source>
        <translation>回车按原样添加 {code}，方向键选择。</translation>
    </message>
    <message>
        <source>Enter adds, Shift+Enter adds and stays, Ctrl+Page Up and Ctrl+Page Down choose the market.</source>
        <translation>回车添加，Shift+回车连续添加，Ctrl+Page Up / Ctrl+Page Down 切换市场。</translation>
    </message>
    <message>
        <source>Matches: {count}</source>
        <translation>匹配：{count}</translation>
    </message>
    <message>
        <source>Your own name for the instrument. F2 writes it.</source>
        <translation>您自己为品种取的名称，按 F2 填写。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>分时</translation>
    </message>
    <message>
        <source>What you wrote down about the instrument. Shift+F2 writes it.</source>
        <translation>您为该品种写的备注。按 Shift+F2 编写。</translation>
    </message>
    <message>
        <source>A sparkline: the day&apos;s prices, as far as the desk has watched or stored them.</source>
        <translation>分时缩略图：程序已接收或存储的当日价格。</translation>
    </message>
    <message>
        <source>Day range</source>
        <translation>日内区间</translation>
    </message>
    <message>
        <source>Where the last price stands between the day&apos;s low and its high.</source>
        <translation>最新价在当日最低价与最高价之间的位置。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>今开</translation>
    </message>
    <message>
        <source>The day&apos;s first price.</source>
        <translation>当日开盘价。</translation>
    </message>
    <message>
        <source>Prev. close</source>
        <translation>昨收</translation>
    </message>
    <message>
        <source>The previous day&apos;s close, which the change is against.</source>
        <translation>前收盘价，涨跌以此计算。</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>价差</translation>
    </message>
    <message>
        <source>The best ask minus the best bid.</source>
        <translation>卖一价减买一价。</translation>
    </message>
    <message>
        <source>Spread bp</source>
        <translation>价差 bp</translation>
    </message>
    <message>
        <source>The spread in hundredths of a percent of the middle of bid and ask.</source>
        <translation>价差占买卖中间价的万分比。</translation>
    </message>
    <message>
        <source>Amplitude %</source>
        <translation>振幅%</translation>
    </message>
    <message>
        <source>The day&apos;s high minus its low, in percent of the previous close.</source>
        <translation>当日最高价减最低价，占前收盘价的百分比。</translation>
    </message>
    <message>
        <source>24 h %</source>
        <translation>24h涨跌%</translation>
    </message>
    <message>
        <source>The change against the price of 24 hours ago, in percent.</source>
        <translation>相对 24 小时前价格的涨跌幅。</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>更新距今</translation>
    </message>
    <message>
        <source>How long ago anything came for the row.</source>
        <translation>该行最近一次收到数据距今的时间。</translation>
    </message>
    <message>
        <source>Ticks / s</source>
        <translation>更新/秒</translation>
    </message>
    <message>
        <source>Ticks a second, on average over ten seconds.</source>
        <translation>每秒更新次数，取十秒平均。</translation>
    </message>
    <message>
        <source>Whether the instrument&apos;s market trades now.</source>
        <translation>品种所在市场当前是否交易。</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交易所</translation>
    </message>
    <message>
        <source>Where the instrument is listed.</source>
        <translation>品种的上市地点。</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>The currency of price and turnover.</source>
        <translation>价格与成交额的币种。</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>每手</translation>
    </message>
    <message>
        <source>How many shares are traded at once.</source>
        <translation>每手股数。</translation>
    </message>
    <message>
        <source>EPS</source>
        <translation>每股收益</translation>
    </message>
    <message>
        <source>Earnings a share, of the last year.</source>
        <translation>每股收益，上一年度。</translation>
    </message>
    <message>
        <source>EPS 12 m</source>
        <translation>每股收益TTM</translation>
    </message>
    <message>
        <source>Earnings a share, of the last twelve months.</source>
        <translation>每股收益，最近十二个月。</translation>
    </message>
    <message>
        <source>BPS</source>
        <translation>每股净资产</translation>
    </message>
    <message>
        <source>Book value a share.</source>
        <translation>每股净资产。</translation>
    </message>
    <message>
        <source>Dividend</source>
        <translation>股息率</translation>
    </message>
    <message>
        <source>The dividend yield, as the vendor tells it.</source>
        <translation>股息率，以数据源为准。</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>总股本</translation>
    </message>
    <message>
        <source>All shares of the company.</source>
        <translation>公司的全部股份。</translation>
    </message>
    <message>
        <source>Free shares</source>
        <translation>流通股</translation>
    </message>
    <message>
        <source>The shares that can be traded.</source>
        <translation>可流通交易的股份。</translation>
    </message>
    <message>
        <source>Market cap</source>
        <translation>总市值</translation>
    </message>
    <message>
        <source>The last price times all shares of the company.</source>
        <translation>最新价乘总股本。</translation>
    </message>
    <message>
        <source>P/E</source>
        <translation>市盈率</translation>
    </message>
    <message>
        <source>The last price divided by the earnings a share.</source>
        <translation>最新价除以每股收益。</translation>
    </message>
    <message>
        <source>P/B</source>
        <translation>市净率</translation>
    </message>
    <message>
        <source>The last price divided by the book value a share.</source>
        <translation>最新价除以每股净资产。</translation>
    </message>
    <message>
        <source>Add {code} as typed</source>
        <translation>按原样添加 {code}</translation>
    </message>
    <message>
        <source>No list of instruments has {code}. It can be watched all the same: {vendor}&apos;s first answer or tick tells whether it exists, and until then the row says so.</source>
        <translation>产品列表中没有 {code}，仍可关注：是否存在以 {vendor} 首次返回或推送的数据为准，此前该行会注明。</translation>
    </message>
    <message>
        <source>Known from: {lists}.</source>
        <translation>来自：{lists}。</translation>
    </message>
    <message>
        <source>the built-in list</source>
        <translation>内置列表</translation>
    </message>
    <message>
        <source>Where {label} comes from</source>
        <translation>{label} 的数据来源</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Hide this column</source>
        <translation>隐藏此列</translation>
    </message>
    <message>
        <source>Fit all widths</source>
        <translation>自适应全部列宽</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>恢复默认列</translation>
    </message>
    <message>
        <source>Sort, smallest first</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>Sort, greatest first</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>Own order</source>
        <translation>自定义顺序</translation>
    </message>
    <message>
        <source>Keep sorting while prices move</source>
        <translation>价格变动时持续排序</translation>
    </message>
    <message>
        <source>At most once a second, and never while the pointer is over the table or the keyboard walks it.</source>
        <translation>至多每秒一次，鼠标位于列表上或用键盘选行时不排序。</translation>
    </message>
    <message>
        <source>Note on {label}</source>
        <translation>{label} 的备注</translation>
    </message>
    <message>
        <source>Why you watch it, where you would buy…</source>
        <translation>关注的理由、打算买入的价位……</translation>
    </message>
    <message>
        <source>Show the column</source>
        <translation>显示该列</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z) reverses it.</source>
        <translation>可撤销（Ctrl+Z）。</translation>
    </message>
    <message>
        <source>Title {title}</source>
        <translation>列标题 {title}</translation>
    </message>
    <message>
        <source>Enter sorts, the menu key offers more, Down leaves.</source>
        <translation>回车排序，菜单键更多选项，向下键离开。</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>AllTick Desk needs a token</source>
        <translation>AllTick Desk 需要 Token</translation>
    </message>
    <message>
        <source>The token is your key to a vendor&apos;s prices; a free one is enough to begin, and one vendor is enough. Or try the demo first: a simulated exchange on this machine, with made-up prices and nothing of yours in it.</source>
        <translation>Token 是您获取数据源行情的凭证；免费的即可开始使用，有一个数据源就够。也可先试用演示：它是本机上的模拟交易所，价格均为虚构，不涉及您的任何数据。</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>Enter a token</source>
        <translation>输入 Token</translation>
    </message>
</context>
<context>
    <name>iTick</name>
    <message>
        <source>This is a fault of the desk: the request is not repeated. Please report it.</source>
        <translation>这是程序的错误，该请求不再重发，请反馈。</translation>
    </message>
    <message>
        <source>The desk waits and then asks more slowly; nothing needs to be done.</source>
        <translation>程序会稍候并放慢请求，无需操作。</translation>
    </message>
    <message>
        <source>The desk tries again later; nothing needs to be done.</source>
        <translation>程序稍后自动重试，无需操作。</translation>
    </message>
    <message>
        <source>iTick does not accept the token: it is missing, wrong or expired. The desk has stopped asking; enter a valid token in the settings.</source>
        <translation>iTick 不接受此 Token：缺失、有误或已过期。程序已停止请求，请在设置中输入有效的 Token。</translation>
    </message>
    <message>
        <source>iTick does not know this code. The desk does not ask for it again today unless it is started anew; check its spelling, where capital letters count.</source>
        <translation>iTick 没有此代码。除非重新启动，程序今日不再请求，请检查拼写（区分大小写）。</translation>
    </message>
    <message>
        <source>This is more than the plan allows. The desk asks for less; check that the plan in the settings is the token&apos;s.</source>
        <translation>超出套餐限额。程序会减少请求，请确认设置中的套餐与 Token 一致。</translation>
    </message>
    <message>
        <source>iTick allows this token no further connection. The desk makes do with fewer; another program with the same token may hold one, or the plan in the settings is too large.</source>
        <translation>iTick 不再允许此 Token 建立更多连接。程序会以较少的连接运行；可能另有程序占用同一 Token，或设置中的套餐高于实际。</translation>
    </message>
    <message>
        <source>A proxy on the way to iTick refused the connection. The desk tries again later; check the proxy settings of this computer.</source>
        <translation>通往 iTick 的代理拒绝了连接。程序稍后重试，请检查本机的代理设置。</translation>
    </message>
    <message>
        <source>iTick did not answer. The desk tries again later; check the network and the address.</source>
        <translation>iTick 没有响应。程序稍后重试，请检查网络和地址。</translation>
    </message>
    <message>
        <source>iTick could not read a request.</source>
        <translation>iTick 无法识别请求。</translation>
    </message>
    <message>
        <source>iTick counts too many requests.</source>
        <translation>iTick 认为请求过多。</translation>
    </message>
    <message>
        <source>iTick turned a request down and did not say why.</source>
        <translation>iTick 拒绝了一个请求，未说明原因。</translation>
    </message>
    <message>
        <source>iTick answered with HTTP status {status}. The desk tries again later; check the address in the settings if this stays.</source>
        <translation>iTick 返回 HTTP 状态 {status}。程序稍后重试；若持续出现，请检查设置中的地址。</translation>
    </message>
    <message>
        <source>iTick answers with bars of ten minutes where bars of 15 minutes were asked for. The desk does not show them; choose another interval.</source>
        <translation>请求的是 15 分钟K线，iTick 返回的却是 10 分钟K线。程序不予显示，请选择其他周期。</translation>
    </message>
</context>
</TS>
